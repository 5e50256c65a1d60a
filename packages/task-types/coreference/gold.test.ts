import { itemIdSchema } from '@casebook/contracts';
import type { Chain, DocumentContent, Link } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { numberedId } from '../testing/arbitrary-items.ts';
import type { CoreferenceAnswer } from './contract.ts';
import { goldOf, withoutChains } from './gold.ts';

/** Five one-word mentions, m1 to m5. */
function document(chains: Chain[], links: Link[] = [], nonReferring: string[] = []): DocumentContent {
  const words = ['a', 'b', 'c', 'd', 'e'];
  return {
    tokens: words.map((text) => ({ text })),
    sentences: [[0, 5]],
    paragraphs: [[0, 5]],
    mentions: words.map((_, at) => {
      const id = `m${at + 1}`;
      const ranges: [number, number][] = [[at, at + 1]];
      return nonReferring.includes(id)
        ? { id, ranges, attributes: { reference: 'non-referring' } }
        : { id, ranges };
    }),
    chains,
    links,
  };
}

function gold(of: DocumentContent): Record<string, CoreferenceAnswer> {
  const id = itemIdSchema.parse(numberedId(1));
  return Object.fromEntries(goldOf({ id, name: 'x', content: { kind: 'document', document: of } }));
}

const chain = (id: string, ...mentions: string[]): Chain => ({ id, mentions });

describe('gold of a document', () => {
  it('points each mention at the one before it in its chain', () => {
    expect(gold(document([chain('x', 'm1', 'm3', 'm5'), chain('y', 'm2')]))).toEqual({
      m1: { kind: 'new' },
      m2: { kind: 'new' },
      m3: { kind: 'old', antecedents: ['m1'] },
      m5: { kind: 'old', antecedents: ['m3'] },
    });
  });

  it('gives a plural its entities once, and then its own chain', () => {
    const split: Link = { kind: 'split-antecedent', from: 'm3', to: ['m1', 'm2'] };
    const of = gold(document([chain('x', 'm1'), chain('y', 'm2'), chain('z', 'm3', 'm4')], [split]));
    expect(of['m3']).toEqual({ kind: 'old', antecedents: ['m1', 'm2'] });
    expect(of['m4']).toEqual({ kind: 'old', antecedents: ['m3'] });
  });

  it('knows properties by kind or relation, and does not chain through them', () => {
    const links: Link[] = [
      { kind: 'property', from: 'm2', to: ['m1'] },
      { kind: 'bridging', relation: 'property', from: 'm4', to: ['m3'] },
      { kind: 'bridging', relation: 'part', from: 'm5', to: ['m1'] },
    ];
    const of = gold(document([chain('x', 'm1', 'm2', 'm3', 'm4', 'm5')], links));
    expect(of['m2']).toEqual({ kind: 'property', of: ['m1'] });
    expect(of['m3']).toEqual({ kind: 'old', antecedents: ['m1'] });
    expect(of['m4']).toEqual({ kind: 'property', of: ['m3'] });
    expect(of['m5']).toEqual({ kind: 'old', antecedents: ['m3'] });
  });

  it('says nothing of what an answer cannot say: a property of something that comes later', () => {
    expect(gold(document([chain('x', 'm2')], [{ kind: 'property', from: 'm1', to: ['m2'] }]))).toEqual({
      m2: { kind: 'new' },
    });
  });

  it('knows what refers to nothing by its attribute', () => {
    expect(gold(document([chain('x', 'm1')], [], ['m1']))).toEqual({ m1: { kind: 'non-referring' } });
  });
});

it('coders see the text and the mentions, and nothing that tells who is who', () => {
  const full = document([chain('x', 'm1', 'm2')], [{ kind: 'property', from: 'm3', to: ['m1'] }], ['m4']);
  const seen = withoutChains({ kind: 'document', document: full });
  expect(seen).toEqual({
    kind: 'document',
    document: {
      tokens: full.tokens,
      sentences: full.sentences,
      paragraphs: full.paragraphs,
      mentions: full.mentions.map(({ id, ranges }) => ({ id, ranges })),
      chains: [],
    },
  });
});
