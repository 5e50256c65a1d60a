import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY, type Annotation } from './annotation.ts';
import type { LogEntry, Operation } from './contract.ts';
import { after, historyFrom, replayed, type History } from './history.ts';
import { planned } from './planned.ts';
import { anyEntries, anyOperation, TEXT } from './testing/arbitrary-operations.ts';
import { brokenInvariants } from './testing/broken-invariants.ts';

/** A history with the entries that were done; those that were refused left it as it was. */
function worked(entries: readonly LogEntry[]): { history: History; stored: LogEntry[]; seen: Annotation[] } {
  let history = historyFrom(EMPTY);
  const stored: LogEntry[] = [];
  const seen = [history.annotation];
  for (const entry of entries) {
    const outcome = after(TEXT, history, entry);
    if (!outcome.ok) continue;
    history = outcome.done;
    stored.push(entry);
    seen.push(history.annotation);
  }
  return { history, stored, seen };
}

describe('a log of operations', () => {
  it('keeps every invariant at every step', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        for (const annotation of worked(entries).seen) {
          expect(brokenInvariants(TEXT, annotation)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same history when it is replayed', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const { history, stored } = worked(entries);
        expect(replayed(TEXT, EMPTY, stored)).toEqual({ ok: true, done: history });
      }),
    );
  });

  it('can be replayed in batches, undo across them included', () => {
    fc.assert(
      fc.property(anyEntries, fc.nat(60), (entries, cut) => {
        const { history, stored } = worked(entries);
        const first = replayed(TEXT, EMPTY, stored.slice(0, cut));
        if (!first.ok) throw new Error(first.refusal.message);
        let resumed = first.done;
        for (const entry of stored.slice(cut)) {
          const outcome = after(TEXT, resumed, entry);
          if (!outcome.ok) throw new Error(outcome.refusal.message);
          resumed = outcome.done;
        }
        expect(resumed).toEqual(history);
      }),
    );
  });

  it('goes back by undo through every state, and forth by redo', () => {
    fc.assert(
      fc.property(fc.array(anyOperation, { maxLength: 40, size: 'max' }), (operations) => {
        const { history, seen } = worked(operations);
        let now = history;
        for (const expected of seen.slice(0, -1).reverse()) {
          now = must(after(TEXT, now, { kind: 'undo' }));
          expect(now.annotation).toEqual(expected);
        }
        expect(after(TEXT, now, { kind: 'undo' })).toMatchObject({
          ok: false,
          refusal: { reason: 'nothing-to-undo' },
        });
        for (const expected of seen.slice(1)) {
          now = must(after(TEXT, now, { kind: 'redo' }));
          expect(now.annotation).toEqual(expected);
        }
        expect(now).toEqual(history);
      }),
    );
  });

  it('never changes an annotation that it has given out', () => {
    fc.assert(
      fc.property(anyEntries, anyOperation, (entries, operation) => {
        const { history } = worked(entries);
        const before = structuredClone(history.annotation);
        after(TEXT, history, operation);
        expect(history.annotation).toEqual(before);
      }),
    );
  });

  it('has nothing to redo after a new operation', () => {
    const make = (mention: string, at: number): Operation => ({
      kind: 'make-mention',
      mention,
      ranges: [[at, at + 1]],
    });
    const { history } = worked([make('m1', 0), { kind: 'undo' }, make('m2', 1)]);
    expect(after(TEXT, history, { kind: 'redo' })).toMatchObject({ refusal: { reason: 'nothing-to-redo' } });
  });

  it('says which entry cannot be replayed', () => {
    const entries: LogEntry[] = [
      { kind: 'make-mention', mention: 'm1', ranges: [[0, 1]] },
      { kind: 'link', mention: 'm1', entity: 'e9' },
    ];
    expect(replayed(TEXT, EMPTY, entries)).toMatchObject({
      ok: false,
      at: 1,
      refusal: { reason: 'unknown-entity' },
    });
  });
});

describe('merging and splitting', () => {
  it('neither lose nor make a mention', () => {
    fc.assert(
      fc.property(anyEntries, anyOperation, (entries, operation) => {
        fc.pre(operation.kind === 'merge-entities' || operation.kind === 'split-entity');
        const { history } = worked(entries);
        const outcome = after(TEXT, history, operation);
        if (!outcome.ok) return;
        const ids = ({ mentions }: Annotation) => [...mentions.keys()].sort();
        const linked = ({ entities }: Annotation) =>
          [...entities.values()].flatMap(({ mentions }) => mentions).sort();
        expect(ids(outcome.done.annotation)).toEqual(ids(history.annotation));
        expect(linked(outcome.done.annotation)).toEqual(linked(history.annotation));
      }),
      { numRuns: 400 },
    );
  });

  it('undo each other', () => {
    const { history } = worked([
      { kind: 'make-mention', mention: 'm1', ranges: [[0, 3]] },
      { kind: 'make-mention', mention: 'm2', ranges: [[4, 6]] },
      { kind: 'open-entity', entity: 'e1', mentions: ['m1'], antecedents: [] },
      { kind: 'open-entity', entity: 'e2', mentions: ['m2'], antecedents: [] },
    ]);
    const merged = must(after(TEXT, history, { kind: 'merge-entities', into: 'e1', from: 'e2' }));
    const split = must(
      after(TEXT, merged, { kind: 'split-entity', entity: 'e1', mentions: ['m2'], into: 'e2' }),
    );
    expect(split.annotation).toEqual(history.annotation);
  });
});

describe('an operation that cannot be done', () => {
  it('is refused with a reason, and changes nothing', () => {
    fc.assert(
      fc.property(anyEntries, anyOperation, (entries, operation) => {
        const { history } = worked(entries);
        const plan = planned(TEXT, history.annotation, operation);
        if (plan.ok) {
          expect(plan.done.mentions.length + plan.done.entities.length).toBeGreaterThan(0);
          return;
        }
        expect(plan.refusal.reason).toMatch(/^[a-z-]+$/u);
        expect(plan.refusal.message).toMatch(/\.$/u);
      }),
    );
  });
});

function must(outcome: ReturnType<typeof after>): History {
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.done;
}
