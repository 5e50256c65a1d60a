import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edits, type Run } from './edits.ts';

const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });

function side(runs: readonly Run<string>[], kind: 'removed' | 'added'): string[] {
  return runs.filter((run) => run.kind === 'kept' || run.kind === kind).flatMap(({ things }) => things);
}

/** The length of the longest common subsequence, by the textbook's table. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  let row = Array.from({ length: other.length + 1 }, () => 0);
  for (const thing of one) {
    const next = [0];
    for (const [index, there] of other.entries()) {
      next.push(thing === there ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe('the edits between two lists', () => {
  it('lead from the first to the second, and back', () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const runs = edits(before, after);
        expect(side(runs, 'removed')).toEqual(before);
        expect(side(runs, 'added')).toEqual(after);
      }),
    );
  });

  it('keep as much as can be kept', () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const kept = edits(before, after).filter(({ kind }) => kind === 'kept');
        expect(kept.flatMap(({ things }) => things)).toHaveLength(longestCommon(before, after));
      }),
    );
  });

  it('come as runs: none is empty, none has a neighbour of its kind, removed stands before added', () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const runs = edits(before, after);
        for (const [index, { kind, things }] of runs.entries()) {
          expect(things.length).toBeGreaterThan(0);
          expect(runs[index + 1]?.kind).not.toBe(kind);
          if (kind === 'added') expect(runs[index + 1]?.kind).not.toBe('removed');
        }
      }),
    );
  });

  it('say of two long lists with nothing in common that one replaces the other', () => {
    const before = Array.from({ length: 5_000 }, (_, index) => `b${index}`);
    const after = Array.from({ length: 5_000 }, (_, index) => `a${index}`);
    expect(edits(before, after)).toEqual([
      { kind: 'removed', things: before },
      { kind: 'added', things: after },
    ]);
  });
});
