import { itemIdSchema, unitIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { numberedId } from '../testing/arbitrary-items.ts';
import { coderAt } from '../testing/codings.ts';
import type { PassCoding } from './document-readings.ts';
import { spansView } from './spans-view.ts';

type Span = readonly [number, number];

/** A pass over a document of ten words, in which these phrases were marked. */
function pass(document: number, coder: number, ...spans: readonly Span[]): PassCoding {
  return {
    unitId: unitIdSchema.parse(numberedId(1000 + document)),
    itemId: itemIdSchema.parse(numberedId(document)),
    key: 'the whole document',
    unit: { kind: 'document', name: 'letter', tokens: 10, start: { kind: 'text' }, mentions: [], chains: [] },
    coder: coderAt(coder),
    answer: {
      kind: 'document',
      start: { kind: 'text' },
      entries: spans.map(([start, end], at) => ({
        kind: 'make-mention',
        mention: `m${at}`,
        ranges: [[start, end]],
      })),
    },
  };
}

function view(...passes: PassCoding[]): ReturnType<typeof spansView> {
  const coders = [...new Set(passes.map(({ coder }) => coder))].sort();
  return spansView(passes, coders, { seed: 1, resamples: 50 });
}

function estimateOf({ measures }: ReturnType<typeof spansView>, measure: string): unknown {
  return measures.find(({ id }) => id === measure)?.estimate;
}

describe('agreement on what is a phrase', () => {
  it('counts the phrases over the very same words', () => {
    const of = view(pass(1, 0, [0, 2], [4, 5], [6, 8]), pass(1, 1, [0, 2], [6, 9]));
    expect(estimateOf(of, 'span-f1')).toMatchObject({ value: 2 / 5, units: 4, ratings: 5 });
  });

  it('adds up documents of a pair, and takes the mean over pairs', () => {
    const of = view(
      pass(1, 0, [0, 2]),
      pass(1, 1, [0, 2]),
      pass(1, 2, [5, 6]),
      pass(2, 0, [1, 2], [3, 4]),
      pass(2, 1, [1, 2]),
    );
    // 4/5, 0/2 and 0/2.
    expect(estimateOf(of, 'span-f1')).toHaveProperty('value', expect.closeTo(4 / 15, 12));
  });

  it('sees the outermost phrases alone by alpha', () => {
    const nested = view(pass(1, 0, [0, 5], [1, 2]), pass(1, 1, [0, 5], [3, 4]));
    expect(estimateOf(nested, 'alpha-u')).toMatchObject({ value: 1 });
    expect(estimateOf(nested, 'span-f1')).toMatchObject({ value: 1 / 2 });
  });

  it('counts a coder who marked nothing', () => {
    const of = view(pass(1, 0, [0, 2]), pass(1, 1));
    expect(estimateOf(of, 'span-f1')).toMatchObject({ value: 0 });
    expect(estimateOf(view(pass(1, 0), pass(1, 1)), 'span-f1')).toMatchObject({
      kind: 'undefined',
      reason: 'nothing was marked',
    });
  });

  it('compares nobody with himself', () => {
    expect(estimateOf(view(pass(1, 0, [0, 2])), 'alpha-u')).toMatchObject({
      reason: 'fewer than two coders have answered',
    });
  });
});
