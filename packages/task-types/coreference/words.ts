import type { CoreferenceAnswer, CoreferenceProtocol, CoreferenceUnit } from './contract.ts';

export function labelOfMarkable(unit: CoreferenceUnit): string {
  return unit.text;
}

/** `nameOf` gives the words of another markable by its key. */
export function describeAnswer(answer: CoreferenceAnswer, nameOf: (key: string) => string): string {
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
  }
}

function listed(keys: readonly string[], nameOf: (key: string) => string): string {
  const names = keys.map((key) => `“${nameOf(key)}”`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** Keys of the markables that an answer points at. */
export function pointedAt(answer: CoreferenceAnswer): readonly string[] {
  switch (answer.kind) {
    case 'old':
      return answer.antecedents;
    case 'property':
      return answer.of;
    case 'new':
    case 'non-referring':
      return [];
  }
}

/** Every answer of the contract fits every protocol, unless it names one phrase twice. */
export function misfitOfAnswer(answer: CoreferenceAnswer, _protocol: CoreferenceProtocol): string | null {
  const keys = pointedAt(answer);
  return new Set(keys).size === keys.length ? null : 'the same phrase is pointed at twice';
}
