import type { DocumentAnswer, EitherAnswer, EitherUnit, PhraseAnswer } from './contract.ts';

export function labelOf(unit: EitherUnit): string {
  return 'kind' in unit ? unit.name : unit.text;
}

/** `nameOf` gives the words of another markable by its key. */
export function describeAnswer(answer: EitherAnswer, nameOf: (key: string) => string): string {
  const decision = describeDecision(answer, nameOf);
  return 'span' in answer && answer.span !== undefined
    ? `${decision}; the phrase should be “${answer.span.text}”`
    : decision;
}

function describeDecision(answer: EitherAnswer, nameOf: (key: string) => string): string {
  switch (answer.kind) {
    case 'new':
      return 'new: not named before';
    case 'old':
      return answer.antecedents.length === 1
        ? `the same as ${listed(answer.antecedents, nameOf)}`
        : `${listed(answer.antecedents, nameOf)} together`;
    case 'property':
      return `says what ${listed(answer.of, nameOf)} ${answer.of.length === 1 ? 'is' : 'are'}`;
    case 'non-referring':
      return 'refers to nothing';
    case 'ambiguous':
      return `${answer.readings.map((reading) => describeAnswer(reading, nameOf)).join('; or ')} (ambiguous, the best reading first)`;
    case 'document': {
      const steps = answer.entries.length;
      return `annotated the whole document${FROM[answer.start.kind]} in ${steps} ${steps === 1 ? 'step' : 'steps'}`;
    }
  }
}

const FROM: Readonly<Record<DocumentAnswer['start']['kind'], string>> = {
  text: '',
  mentions: ', its phrases given,',
  annotated: ', correcting what was there,',
};

function listed(keys: readonly string[], nameOf: (key: string) => string): string {
  const names = keys.map((key) => `“${nameOf(key)}”`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** Keys of the markables that an answer points at, in whichever reading, each once where no reading repeats it. */
export function pointedAt(answer: PhraseAnswer): readonly string[] {
  switch (answer.kind) {
    case 'old':
      return answer.antecedents;
    case 'property':
      return answer.of;
    case 'new':
    case 'non-referring':
      return [];
    case 'ambiguous':
      return [...new Set(answer.readings.flatMap(pointedAt))];
  }
}
