import { describe, expect, it } from 'vitest';
import { asSent, latestUndoable, standings } from './entry.ts';
import { entry, parked, rated, sent, submissionId, unitId, withdrawn } from './specimen.ts';

const known = (n: number, unit: number, value: number) => ({
  unitId: unitId(unit),
  submissionId: submissionId(n),
  act: { kind: 'answer' as const, answer: { kind: 'rating', value } },
  confidence: null,
  comment: null,
  commentKind: null,
});
const standingOf = (...args: Parameters<typeof standings>) =>
  Object.fromEntries(
    [...standings(...args)].map(([unit, standing]) => [unit.slice(-1), standing.submissionId]),
  );

describe('what stands for a unit', () => {
  it('is the server’s word where nothing was done here', () => {
    expect(standingOf([known(1, 1, 3)], [])).toEqual({ 1: submissionId(1) });
  });

  it('is the latest done here, sent or not', () => {
    const first = rated(1, 1, 3);
    expect(standingOf([], [entry(first, sent(first)), entry(rated(2, 1, 4, 1))])).toEqual({
      1: submissionId(2),
    });
  });

  it('is what was done here over an older word of the server', () => {
    const later = rated(2, 1, 4, 1);
    expect(standingOf([known(1, 1, 3)], [entry(later, sent(later))])).toEqual({ 1: submissionId(2) });
  });

  it('is the word of another device that came after what was sent from here', () => {
    const mine = rated(1, 1, 3);
    expect(standingOf([known(9, 1, 5)], [entry(mine, sent(mine))])).toEqual({ 1: submissionId(9) });
  });

  it('passes over what was refused', () => {
    const mine = rated(1, 1, 3);
    expect(standingOf([], [entry(mine, sent(mine)), entry(rated(2, 1, 9, 1), parked)])).toEqual({
      1: submissionId(1),
    });
  });
});

describe('undo', () => {
  const undoable = (...entries: ReturnType<typeof entry>[]) =>
    latestUndoable(entries, standings([], entries))?.submission.submissionId ?? null;

  it('takes back the latest judgement', () => {
    expect(undoable(entry(rated(1, 1, 3)), entry(rated(2, 2, 4)))).toBe(submissionId(2));
  });

  it('then the one before it, and in the end nothing', () => {
    const entries = [entry(rated(1, 1, 3)), entry(rated(2, 2, 4)), entry(withdrawn(3, 2, 2))];
    expect(undoable(...entries)).toBe(submissionId(1));
    expect(undoable(...entries, entry(withdrawn(4, 1, 1)))).toBeNull();
  });

  it('does not fall back to an answer that was replaced', () => {
    expect(undoable(entry(rated(1, 1, 3)), entry(rated(2, 1, 4, 1)), entry(withdrawn(3, 1, 2)))).toBeNull();
  });

  it('passes over what was refused', () => {
    expect(undoable(entry(rated(1, 1, 3)), entry(rated(2, 2, 4), parked))).toBe(submissionId(1));
  });
});

describe('a judgement on its way', () => {
  it('supersedes what it was given over', () => {
    const edit = entry(rated(2, 1, 4, 1));
    expect(asSent(edit, [entry(rated(1, 1, 3)), edit])).toEqual(edit.submission);
  });

  it('supersedes what a refused one would have', () => {
    const last = entry(rated(3, 1, 5, 2));
    const entries = [entry(rated(1, 1, 3)), entry(rated(2, 1, 4, 1), parked), last];
    expect(asSent(last, entries)).toEqual(rated(3, 1, 5, 1));
  });

  it('is the first where everything before was refused', () => {
    const last = entry(rated(2, 1, 5, 1));
    expect(asSent(last, [entry(rated(1, 1, 3), parked), last])).toEqual(rated(2, 1, 5));
  });

  it('need not be sent where it takes back what was refused', () => {
    const undo = entry(withdrawn(2, 1, 1));
    expect(asSent(undo, [entry(rated(1, 1, 3), parked), undo])).toBeNull();
  });
});
