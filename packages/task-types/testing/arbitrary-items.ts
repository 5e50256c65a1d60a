import { inReadingOrder, itemIdSchema } from '@casebook/contracts';
import type {
  CollectionKind,
  DocumentContent,
  ItemContent,
  Link,
  Mention,
  TokenRange,
  WordPair,
} from '@casebook/contracts';
import fc from 'fast-check';
import type { PlannedItem } from '../task-type-server.ts';

/** A well-formed id of any kind; the same for the same number. */
export function numberedId(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** Items as a collection of this kind may hold them, gold and all, from tidy to odd. */
export function arbitraryItems(kind: CollectionKind, atLeast = 1): fc.Arbitrary<PlannedItem[]> {
  const content: Record<CollectionKind, fc.Arbitrary<ItemContent>> = {
    documents: arbitraryDocument.map((document) => ({ kind: 'document', document })),
    'word-pairs': arbitraryPair.map((pair) => ({ kind: 'word-pair', pair })),
  };
  return fc.array(content[kind], { minLength: atLeast, maxLength: atLeast + 5 }).map((contents) =>
    contents.map((of, index) => ({
      id: itemIdSchema.parse(numberedId(index + 1)),
      name: `Item ${index + 1}`,
      content: of,
    })),
  );
}

const word = fc.oneof(
  fc.constantFrom(
    'it',
    'Harrow',
    '“',
    'naïve',
    '=SUM(A1)',
    '"quoted"',
    'two words',
    'tab\there',
    '#1',
    '(7)',
    '魚',
  ),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== ''),
);

const arbitraryPair: fc.Arbitrary<WordPair> = fc.record(
  {
    word1: word,
    word2: word,
    partOfSpeech: fc.constantFrom('N', 'V', 'A'),
    gold: fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10),
    ratings: fc.array(fc.option(fc.integer({ min: 0, max: 10 })), { maxLength: 4 }),
  },
  { requiredKeys: ['word1', 'word2'] },
);

const arbitraryDocument: fc.Arbitrary<DocumentContent> = fc
  .record({
    tokens: fc.array(word, { minLength: 2, maxLength: 24 }),
    spans: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 5 }), fc.nat({ max: 9 })), {
      maxLength: 12,
    }),
    chains: fc.array(fc.nat({ max: 4 }), { minLength: 12, maxLength: 12 }),
    links: fc.array(
      fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('property', 'split-antecedent', 'bridging')),
      {
        maxLength: 3,
      },
    ),
    cuts: fc.tuple(fc.nat(), fc.nat()),
    nonReferring: fc.nat({ max: 20 }),
  })
  .map(({ tokens, spans, chains, links, cuts, nonReferring }) => {
    const mentions = mentionsOver(tokens.length, spans, nonReferring);
    const members = new Map<number, string[]>();
    for (const [index, { id }] of mentions.entries()) {
      const chain = chains[index] ?? 0;
      // The chain numbered 0 stands for none.
      if (chain > 0) members.set(chain, [...(members.get(chain) ?? []), id]);
    }
    const sentences = cut(tokens.length, cuts);
    return {
      tokens: tokens.map((text) => ({ text, attributes: { misc: 'Identity=somebody' } })),
      sentences,
      paragraphs: joinFirst(sentences),
      mentions,
      chains: Array.from(members, ([id, ids]) => ({ id: String(id), mentions: ids })),
      links: links.flatMap(([from, to, kind]) => linkBetween(mentions, from, to, kind)),
    };
  });

function mentionsOver(
  length: number,
  spans: readonly (readonly [number, number, number])[],
  nonReferring: number,
): Mention[] {
  const ranges = spans.map(([at, size, gap]): TokenRange[] => {
    const start = at % length;
    const end = Math.min(length, start + size);
    // One in ten has a second part.
    return gap === 0 && end + 1 < length
      ? [
          [start, end],
          [end + 1, end + 2],
        ]
      : [[start, end]];
  });
  return ranges
    .map((of) => ({ ranges: of }))
    .sort(inReadingOrder)
    .map((mention, index) => ({
      id: `m${index + 1}`,
      ...mention,
      attributes: index === nonReferring ? { reference: 'non-referring' } : { identity: 'Lord_Byron' },
    }));
}

function cut(length: number, at: readonly number[]): TokenRange[] {
  const ends = [...new Set([...at.map((place) => (place % length) + 1), length])].sort((a, b) => a - b);
  return ends.map((end, index) => [ends[index - 1] ?? 0, end]);
}

function joinFirst(sentences: readonly TokenRange[]): TokenRange[] {
  const [first, second, ...rest] = sentences;
  if (first === undefined || second === undefined) return [...sentences];
  return [[first[0], second[1]], ...rest];
}

function linkBetween(mentions: readonly Mention[], from: number, to: number, kind: Link['kind']): Link[] {
  const one = mentions[from % mentions.length];
  const other = mentions[to % mentions.length];
  return one === undefined || other === undefined ? [] : [{ kind, from: one.id, to: [other.id] }];
}
