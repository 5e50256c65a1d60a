/** The columns of GAP, in the order in which we write them; the two of coreference may be absent. */
export const GAP_COLUMNS = [
  'ID',
  'Text',
  'Pronoun',
  'Pronoun-offset',
  'A',
  'A-offset',
  'A-coref',
  'B',
  'B-offset',
  'B-coref',
  'URL',
] as const;
export type GapColumn = (typeof GAP_COLUMNS)[number];

export const REQUIRED: readonly GapColumn[] = [
  'ID',
  'Text',
  'Pronoun',
  'Pronoun-offset',
  'A',
  'A-offset',
  'B',
  'B-offset',
];

/** The parts that a mention can have in an item. */
export const ROLES = ['Pronoun', 'A', 'B'] as const;
export type GapRole = (typeof ROLES)[number];
