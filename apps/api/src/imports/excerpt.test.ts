import { documentContentSchema } from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { excerptOf } from './excerpt.ts';

function documentOfSentences(count: number, length: number): DocumentContent {
  const sentences = Array.from({ length: count }, (_, index): [number, number] => [
    index * length,
    (index + 1) * length,
  ]);
  return {
    tokens: Array.from({ length: count * length }, (_, index) => ({ text: `w${String(index)}` })),
    sentences,
    paragraphs: [[0, count * length]],
    mentions: sentences.map(([start], index) => ({
      id: `m${String(index)}`,
      ranges: [[start, start + 1]] as [number, number][],
    })),
    chains: [{ id: 'e1', mentions: sentences.map((_, index) => `m${String(index)}`) }],
  };
}

describe('excerptOf', () => {
  it('leaves a short document whole', () => {
    const content = { kind: 'document', document: documentOfSentences(2, 10) } as const;
    expect(excerptOf(content)).toBe(content);
  });

  it('cuts a long one after a sentence, and keeps it a document in itself', () => {
    const content = excerptOf({ kind: 'document', document: documentOfSentences(20, 40) });
    if (content.kind !== 'document') throw new Error('a document was expected');
    const { document } = content;
    expect(documentContentSchema.parse(document)).toEqual(document);
    expect(document.tokens).toHaveLength(280);
    expect(document.paragraphs).toEqual([[0, 280]]);
    expect(document.chains[0]?.mentions).toEqual(document.mentions.map(({ id }) => id));
  });

  it('cuts a sentence that is itself too long', () => {
    const content = excerptOf({ kind: 'document', document: documentOfSentences(1, 1000) });
    if (content.kind !== 'document') throw new Error('a document was expected');
    expect(content.document.sentences).toEqual([[0, 300]]);
  });
});
