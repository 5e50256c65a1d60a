import type { Separator } from '../events.ts';
import { LineSplitter } from '../source/lines.ts';
import { isWord1, isWord2 } from './column-names.ts';
import { RecordReader } from './records.ts';

const CANDIDATES: readonly Separator[] = ['\t', ';', ',', '|', ' '];
const SAMPLE = 100;

/**
 * The separator of a table, by its first bytes: one under which the header names both words, else the one that
 * cuts most rows into the same number (two or more) of cells; null where none does.
 */
export function separatorOf(head: Uint8Array, maxColumns: number): Separator | null {
  let best: { separator: Separator; score: number } | null = null;
  for (const separator of CANDIDATES) {
    const widths: number[] = [];
    for (const cells of sampleOf(head, separator, maxColumns)) {
      if (widths.length === 0 && cells.some(isWord1) && cells.some(isWord2)) return separator;
      widths.push(cells.length);
    }
    const score = evenness(widths);
    if (score >= (separator === ' ' ? 0.95 : 0.5) && (best === null || score > best.score + 0.05))
      best = { separator, score };
  }
  return best?.separator ?? null;
}

function sampleOf(head: Uint8Array, separator: Separator, maxColumns: number): string[][] {
  const splitter = new LineSplitter(head.length + 1);
  const reader = new RecordReader(separator, maxColumns);
  const records: string[][] = [];
  for (const line of splitter.push(head)) {
    for (const event of reader.take(line))
      if (event.kind === 'record') records.push(event.cells.map((cell) => cell.text));
    if (records.length >= SAMPLE) return records;
  }
  if (records.length > 1) return records;
  for (const line of splitter.end()) {
    for (const event of reader.take(line))
      if (event.kind === 'record') records.push(event.cells.map((cell) => cell.text));
  }
  return records;
}

/** The share of rows that have the most frequent width; 0 where that is a single cell. */
function evenness(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let [mode, most] = [0, 0];
  for (const [width, count] of counts) if (count > most) [mode, most] = [width, count];
  return mode < 2 ? 0 : most / widths.length;
}
