import { maximumWeightMatching } from './assignment.ts';
import type { CoreferenceMention } from './mention.ts';
import { tokensOf } from './matching.ts';
import type { Partition } from './partition.ts';
import type { ScoreCounts } from './score.ts';

/** Identification of mentions: those that both sides have, of those that each has. */
export function mentionDetection(key: Partition, response: Partition, matched: Int32Array): ScoreCounts {
  let shared = 0;
  for (const partner of matched) if (partner >= 0) shared += 1;
  return {
    recallNumerator: shared,
    recallDenominator: key.names.length,
    precisionNumerator: shared,
    precisionDenominator: response.names.length,
  };
}

/**
 * Mention overlap ratio (Žabokrtský et al. 2022): mentions are paired one to one so that they share as many tokens as
 * possible; the shared tokens are divided by the tokens of each side's mentions. Null where a mention is only a name.
 */
export function mentionOverlap(key: Partition, response: Partition): ScoreCounts | null {
  const keyTokens = tokensOfAll(key.mentions);
  const responseTokens = tokensOfAll(response.mentions);
  if (keyTokens === null || responseTokens === null) return null;
  const byToken = new Map<number, number[]>();
  for (const [column, tokens] of responseTokens.entries()) {
    for (const token of tokens) {
      const list = byToken.get(token);
      if (list === undefined) byToken.set(token, [column]);
      else list.push(column);
    }
  }
  const row: number[] = [];
  const column: number[] = [];
  const weight: number[] = [];
  for (const [place, tokens] of keyTokens.entries()) {
    const shared = new Map<number, number>();
    for (const token of tokens) {
      for (const other of byToken.get(token) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    for (const [other, count] of shared) {
      row.push(place);
      column.push(other);
      weight.push(count);
    }
  }
  const partner = maximumWeightMatching({
    rows: keyTokens.length,
    columns: responseTokens.length,
    row,
    column,
    weight,
  });
  let overlap = 0;
  for (const [pair, place] of row.entries())
    if (partner[place] === column[pair]) overlap += weight[pair] ?? 0;
  return {
    recallNumerator: overlap,
    recallDenominator: countOf(keyTokens),
    precisionNumerator: overlap,
    precisionDenominator: countOf(responseTokens),
  };
}

function tokensOfAll(mentions: readonly CoreferenceMention[]): number[][] | null {
  const tokens: number[][] = [];
  for (const mention of mentions) {
    if (typeof mention === 'string') return null;
    tokens.push(tokensOf(mention));
  }
  return tokens;
}

function countOf(tokens: readonly number[][]): number {
  return tokens.reduce((sum, list) => sum + list.length, 0);
}
