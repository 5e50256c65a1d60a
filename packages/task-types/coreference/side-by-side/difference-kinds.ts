/** Every kind of difference between two annotations; in words, `{a}` and `{b}` stand for the sides' names. */
export const DIFFERENCE_KINDS = [
  {
    id: 'link-a',
    opposite: 'link-b',
    title: 'Link only by {a}',
    meaning:
      '{a} takes the phrase for something named before; {b} has it in no entity with any of the phrases before it there. These are as many as the links that MUC counts as missing, among phrases that both have in an entity.',
  },
  {
    id: 'link-b',
    opposite: 'link-a',
    title: 'Link only by {b}',
    meaning: 'The same the other way round.',
  },
  {
    id: 'class',
    opposite: 'class',
    title: 'Another class',
    meaning:
      'One says that the phrase names something, the other that it is a property, refers to nothing, or nothing at all.',
  },
  {
    id: 'property',
    opposite: 'property',
    title: 'A property of another',
    meaning: 'Both take it for a property, of different things.',
  },
  {
    id: 'plural',
    opposite: 'plural',
    title: 'Several together',
    meaning: 'At least one says that the phrase names several together, and the other not the same ones.',
  },
  {
    id: 'span',
    opposite: 'span',
    title: 'Other borders',
    meaning: 'Both marked it, over different words that begin or end alike, or are the same by half or more.',
  },
  {
    id: 'head',
    opposite: 'head',
    title: 'Another head',
    meaning: 'Both say which word is the head of the phrase, and not the same one.',
  },
  {
    id: 'bridge',
    opposite: 'bridge',
    title: 'Other bridges',
    meaning:
      'The phrase is bridged to something on one side, and not to the same, or not as the same kind, on the other.',
  },
  {
    id: 'name',
    opposite: 'name',
    title: 'Another name',
    meaning: 'Both name the entity, by different names. Listed once, at its first phrase.',
  },
  {
    id: 'type',
    opposite: 'type',
    title: 'Another type',
    meaning: 'Both say what type of entity it is, and not the same one. Listed once, at its first phrase.',
  },
  {
    id: 'only-a',
    opposite: 'only-b',
    title: 'Only by {a}',
    meaning: 'No phrase of {b} is there: it was not marked, or in a task phrase by phrase not answered.',
  },
  {
    id: 'only-b',
    opposite: 'only-a',
    title: 'Only by {b}',
    meaning: 'The same the other way round.',
  },
  {
    id: 'split-b',
    opposite: 'split-a',
    title: 'One for {a}, several for {b}',
    meaning:
      'Two or more entities of {b} have most of their phrases from one entity of {a}. Its links are listed one by one too.',
  },
  {
    id: 'split-a',
    opposite: 'split-b',
    title: 'One for {b}, several for {a}',
    meaning: 'The same the other way round.',
  },
] as const;

export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]['id'];
