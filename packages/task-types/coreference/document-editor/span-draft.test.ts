import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anotherPiece,
  draftOfSpan,
  extended,
  overSentence,
  rangesOfDraft,
  shifted,
  type SpanDraft,
} from './span-draft.ts';

const DRAFT: SpanDraft = { purpose: { kind: 'make' }, kept: [], anchor: 3, focus: 3 };
const BOUNDS = [0, 6] as const;
const SENTENCES = [
  [0, 3],
  [3, 5],
  [5, 9],
] as const;

describe('a span that is chosen', () => {
  it('stretches and shrinks at either end, never to nothing and never out of the text', () => {
    expect(rangesOfDraft(extended(DRAFT, 'end', 1, BOUNDS))).toEqual([[3, 5]]);
    expect(rangesOfDraft(extended(DRAFT, 'start', -1, BOUNDS))).toEqual([[2, 4]]);
    expect(rangesOfDraft(extended(DRAFT, 'end', -1, BOUNDS))).toEqual([[3, 4]]);
    expect(rangesOfDraft(extended(DRAFT, 'end', 99, BOUNDS))).toEqual([[3, 6]]);
    expect(rangesOfDraft(shifted(DRAFT, -9, BOUNDS))).toEqual([[0, 1]]);
  });

  it('has several pieces, one after the other', () => {
    expect(rangesOfDraft(anotherPiece(DRAFT, 6))).toEqual([
      [3, 4],
      [5, 6],
    ]);
  });

  it('is taken up where a mention has it, at its last piece', () => {
    const ranges = [
      [0, 1],
      [3, 5],
    ] as const;
    const draft = draftOfSpan('m', ranges);
    expect(draft).toMatchObject({ purpose: { kind: 'respan', mention: 'm' }, anchor: 3, focus: 4 });
    expect(draft === null ? null : rangesOfDraft(draft)).toEqual(ranges);
    expect(draftOfSpan('m', [])).toBeNull();
  });

  it('goes from sentence to sentence, or grows over them, and stays at the last', () => {
    const over = (by: number, grows: boolean) => {
      const draft = overSentence(DRAFT, by, grows, SENTENCES);
      return draft === null ? null : rangesOfDraft(draft);
    };
    expect(over(1, false)).toEqual([[5, 9]]);
    expect(over(-1, false)).toEqual([[0, 3]]);
    expect(over(-1, true)).toEqual([[0, 4]]);
    expect(over(9, false)).toEqual([[5, 9]]);
    expect(overSentence(DRAFT, 1, false, [])).toBeNull();
  });

  it('holds at least one token of the text, whatever is done to it', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('extend' as const),
        end: fc.constantFrom('start' as const, 'end' as const),
        by: fc.integer({ min: -9, max: 9 }),
      }),
      fc.record({ do: fc.constant('shift' as const), by: fc.integer({ min: -9, max: 9 }) }),
      fc.record({ do: fc.constant('piece' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let draft = DRAFT;
        for (const each of steps) {
          if (each.do === 'extend') draft = extended(draft, each.end, each.by, BOUNDS);
          else if (each.do === 'shift') draft = shifted(draft, each.by, BOUNDS);
          else draft = anotherPiece(draft, BOUNDS[1]);
          const ranges = rangesOfDraft(draft);
          expect(ranges.length).toBeGreaterThan(0);
          for (const [index, [start, end]] of ranges.entries()) {
            expect(start).toBeGreaterThan(index === 0 ? -1 : (ranges[index - 1]?.[1] ?? 0));
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(BOUNDS[1]);
          }
        }
      }),
    );
  });
});
