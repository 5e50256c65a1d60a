import { type GoldPair, scoredPairs } from '@casebook/agreement';
import { type Terminal, UsageError } from '../usage.ts';
import { readPairTable } from './pair-table.ts';
import type { InputFile } from './source.ts';

/** The pairs of a table with their gold, or with the mean of their ratings where it has no gold column. */
export async function readGold(
  path: string,
  terminal: Terminal,
): Promise<{ pairs: readonly GoldPair[]; input: InputFile; goldIs: 'gold' | 'mean of the ratings' }> {
  const { table, input } = await readPairTable(path, null, terminal);
  const scored = scoredPairs(table);
  if (scored.pairs.length === 0)
    throw new UsageError(`${input.file}:1:1: no pair has a score; expected a column gold, or ratings`);
  return { ...scored, input };
}
