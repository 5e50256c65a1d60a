import type { CoreferenceProtocol } from '../contract.ts';

type Conference = Extract<CoreferenceProtocol['conference'], { kind: 'conference' }>;
interface Budget {
  readonly conference: Conference;
  readonly advice: { readonly wanted: number };
}

/** Which conference a manager chose: a budget that is known to work, figures of his own, or none. */
export type ConferenceBudget = 'experts' | 'crowd' | 'own' | 'none';

/** Few who know much, or the many of Phrase Detectives, with the annotators that go with them. */
export const CONFERENCE_BUDGETS: Readonly<Record<'experts' | 'crowd', Budget>> = {
  experts: {
    conference: { kind: 'conference', validations: 2, cap: 4, certainty: 0.95 },
    advice: { wanted: 3 },
  },
  crowd: {
    conference: { kind: 'conference', validations: 4, cap: 8, certainty: 0.95 },
    advice: { wanted: 8 },
  },
};

export function budgetOf(conference: CoreferenceProtocol['conference']): ConferenceBudget {
  if (conference.kind === 'none') return 'none';
  const isOf = (budget: 'experts' | 'crowd'): boolean => {
    const { validations, cap, certainty } = CONFERENCE_BUDGETS[budget].conference;
    return (
      conference.validations === validations && conference.cap === cap && conference.certainty === certainty
    );
  };
  if (isOf('experts')) return 'experts';
  return isOf('crowd') ? 'crowd' : 'own';
}
