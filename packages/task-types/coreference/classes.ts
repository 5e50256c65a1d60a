import type { CoreferenceAnswer } from './contract.ts';

/** The kinds of answer to a phrase, as they are named in tables. */
export const CLASSES: readonly { readonly kind: CoreferenceAnswer['kind']; readonly title: string }[] = [
  { kind: 'new', title: 'New' },
  { kind: 'old', title: 'Mentioned before' },
  { kind: 'property', title: 'Property' },
  { kind: 'non-referring', title: 'Non-referring' },
];
