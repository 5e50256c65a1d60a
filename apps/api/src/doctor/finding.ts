/** What was looked at and how it is; `mend` says what to do where something is wrong. */
export type Finding =
  | { readonly subject: string; readonly state: 'well'; readonly words: string }
  | {
      readonly subject: string;
      /** `wrong` keeps the service from its work or endangers what it holds; `odd` deserves a look. */
      readonly state: 'odd' | 'wrong';
      readonly words: string;
      readonly mend: string;
    };

export function well(subject: string, words: string): Finding {
  return { subject, state: 'well', words };
}

export function odd(subject: string, words: string, mend: string): Finding {
  return { subject, state: 'odd', words, mend };
}

export function wrong(subject: string, words: string, mend: string): Finding {
  return { subject, state: 'wrong', words, mend };
}
