import type { DocumentContent, Mention, TokenRange } from '@casebook/contracts';
import { inReadingOrder } from '@casebook/contracts';
import fc from 'fast-check';

/** A word of any script, with emoji and combining marks, but neither blank nor holding separators. */
export const arbitraryWord = fc
  .oneof(
    { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('👩‍👩‍👧', 'é', 'שלום', '(', '|', '#', '_', '-', '"', "'", '%', '<b>'),
    },
  )
  .filter((word) => !/[\s\p{Cc}\p{Cs}\u{feff}]/u.test(word));

export interface ContentOptions {
  discontinuous: boolean;
}

/** A small document: sentences, paragraphs, mentions that nest and cross, every mention in one chain, no two alike in a chain. */
export function arbitraryContent({ discontinuous }: ContentOptions): fc.Arbitrary<DocumentContent> {
  return fc
    .record({
      words: fc.array(arbitraryWord, { minLength: 1, maxLength: 24 }),
      breaks: fc.array(fc.nat({ max: 23 }), { maxLength: 5 }),
      newParagraphs: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      spans: fc.array(
        fc.record({
          start: fc.nat({ max: 23 }),
          length: fc.integer({ min: 1, max: 6 }),
          gap: fc.integer({ min: 0, max: 3 }),
          chain: fc.nat({ max: 4 }),
        }),
        { maxLength: 12 },
      ),
    })
    .map(({ words, breaks, newParagraphs, spans }) => {
      const cuts = [...new Set([0, ...breaks.filter((at) => at < words.length), words.length])].sort(
        (a, b) => a - b,
      );
      const sentences = cuts.slice(1).map((end, index): TokenRange => [cuts[index] ?? 0, end]);
      const paragraphs: TokenRange[] = [];
      for (const [index, [start, end]] of sentences.entries()) {
        const last = paragraphs.at(-1);
        if (last === undefined || newParagraphs[index] === true) paragraphs.push([start, end]);
        else last[1] = end;
      }
      return withMentions(
        { tokens: words.map((text) => ({ text })), sentences, paragraphs, mentions: [], chains: [] },
        spans,
        discontinuous,
      );
    });
}

interface Drawn {
  start: number;
  length: number;
  gap: number;
  chain: number;
}

function withMentions(
  content: DocumentContent,
  spans: readonly Drawn[],
  discontinuous: boolean,
): DocumentContent {
  const seen = new Set<string>();
  const drawn: { ranges: TokenRange[]; chain: string }[] = [];
  const length = content.tokens.length;
  for (const span of spans) {
    const start = span.start % length;
    const end = Math.min(length, start + span.length);
    const ranges: TokenRange[] = [[start, end]];
    const again = end + span.gap;
    if (discontinuous && span.gap > 0 && again < length) ranges.push([again, Math.min(length, again + 2)]);
    const identity = `${ranges.join(';')} ${span.chain}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    drawn.push({ ranges, chain: String(span.chain) });
  }
  drawn.sort(inReadingOrder);
  const mentions = drawn.map(({ ranges }, index): Mention => ({ id: `m${index + 1}`, ranges }));
  const chains = new Map<string, string[]>();
  for (const [index, { chain }] of drawn.entries())
    chains.set(chain, [...(chains.get(chain) ?? []), `m${index + 1}`]);
  return { ...content, mentions, chains: Array.from(chains, ([id, members]) => ({ id, mentions: members })) };
}
