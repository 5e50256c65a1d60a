import type { CoreferenceAnswer, EitherAnswer } from './contract.ts';
import { phraseAnswer, preferredOf } from './kinds.ts';

/** The kinds of answer to a phrase, as they are named in tables. */
export const CLASSES: readonly { readonly kind: CoreferenceAnswer['kind']; readonly title: string }[] = [
  { kind: 'new', title: 'New' },
  { kind: 'old', title: 'Mentioned before' },
  { kind: 'property', title: 'Property' },
  { kind: 'non-referring', title: 'Non-referring' },
];

/** What answers to whole documents are called beside them. */
const PASS = 'Whole document';

export const CLASS_TITLES: readonly string[] = [...CLASSES.map(({ title }) => title), PASS];

/** The kind of an answer in words; of several readings that of the preferred one. */
export function classOf(answer: EitherAnswer): string {
  const ofPhrase = phraseAnswer(answer);
  if (ofPhrase === null) return PASS;
  const { kind } = preferredOf(ofPhrase);
  return CLASSES.find((known) => known.kind === kind)?.title ?? kind;
}
