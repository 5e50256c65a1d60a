import { describe, expect, it } from 'vitest';
import type { DocumentAnswer } from './contract.ts';
import { documentPassSchema, MOST_ENTRIES, type LogEntry } from './document-editor/contract.ts';
import { isTooLong } from './misfit.ts';

/** A day over a document of 10,000 tokens: each of its mentions made, mended, given head and minimum, and linked. */
function longDay(mentions: number): LogEntry[] {
  return Array.from({ length: mentions }, (_, index): LogEntry[] => {
    const mention = `c${index * 5 + 1}`;
    const start = index * 5;
    return [
      { kind: 'make-mention', mention, ranges: [[start, start + 4]] },
      { kind: 'respan-mention', mention, ranges: [[start, start + 3]] },
      { kind: 'set-head', mention, head: start + 2 },
      { kind: 'set-minimum', mention, minimum: [start + 2, start + 3] },
      index < 400
        ? { kind: 'open-entity', entity: `c${index * 5 + 5}`, mentions: [mention], antecedents: [] }
        : { kind: 'link', mention, entity: `c${(index % 400) * 5 + 5}` },
    ];
  }).flat();
}

const logOf = (entries: LogEntry[]): DocumentAnswer => ({
  kind: 'document',
  start: { kind: 'text' },
  entries,
});
const bytesOf = ({ entries }: DocumentAnswer): number =>
  new TextEncoder().encode(JSON.stringify(entries)).length;

describe('the log of a document', () => {
  it('of a long day over 2,000 mentions can be kept ten times over', () => {
    const day = longDay(2000);
    expect(day).toHaveLength(10_000);
    expect(bytesOf(logOf(day))).toBeLessThan(700_000);
    const tenDays = logOf(Array.from({ length: 10 }, () => day).flat());
    expect(tenDays.entries).toHaveLength(100_000);
    expect(isTooLong(tenDays)).toBe(false);
    expect(documentPassSchema.safeParse({ start: tenDays.start, entries: tenDays.entries }).success).toBe(
      true,
    );
  });

  it('is too long to the page where it is to the contract, so that nothing is sent only to be refused', () => {
    const most = logOf(Array.from({ length: MOST_ENTRIES }, (): LogEntry => ({ kind: 'undo' })));
    const more = logOf([...most.entries, { kind: 'undo' }]);
    const accepted = ({ start, entries }: DocumentAnswer): boolean =>
      documentPassSchema.safeParse({ start, entries }).success;
    expect([isTooLong(most), accepted(most)]).toEqual([false, true]);
    expect([isTooLong(more), accepted(more)]).toEqual([true, false]);
  });
});
