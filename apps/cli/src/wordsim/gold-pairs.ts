import { type GoldPair, pairMeans } from '@casebook/agreement';
import { type Terminal, UsageError } from '../usage.ts';
import { readPairTable } from './pair-table.ts';
import type { InputFile } from './source.ts';

/** The pairs of a table with their gold, or with the mean of their ratings where it has no gold column. */
export async function readGold(
  path: string,
  terminal: Terminal,
): Promise<{ pairs: GoldPair[]; input: InputFile; goldIs: 'gold' | 'mean of the ratings' }> {
  const { table, input } = await readPairTable(path, null, terminal);
  const scores = table.gold ?? pairMeans(table);
  const pairs = table.pairs.flatMap(({ word1, word2 }, pair) => {
    const gold = scores[pair] ?? null;
    return gold === null ? [] : [{ word1, word2, gold }];
  });
  if (pairs.length === 0)
    throw new UsageError(`${input.file}:1:1: no pair has a score; expected a column gold, or ratings`);
  return { pairs, input, goldIs: table.gold === null ? 'mean of the ratings' : 'gold' };
}
