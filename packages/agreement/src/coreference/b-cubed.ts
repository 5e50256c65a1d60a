import type { ContingencyTable, DocumentTables } from './contingency.ts';
import type { ScoreCounts } from './score.ts';

/**
 * B³ (Bagga & Baldwin 1998): for every mention, the share of its entity that the other side puts together with it.
 * Mentions that the other side lacks count as missed, without being added to it (scorer.pl 8.01; Pradhan et al. 2014).
 */
export function bCubed(tables: DocumentTables): ScoreCounts {
  const recall = oneSide(tables.recall);
  const precision = oneSide(tables.precision);
  return {
    recallNumerator: recall.found,
    recallDenominator: recall.mentions,
    precisionNumerator: precision.found,
    precisionDenominator: precision.mentions,
  };
}

function oneSide(table: ContingencyTable): { found: number; mentions: number } {
  let found = 0;
  let mentions = 0;
  for (const size of table.rowSizes) mentions += size;
  for (let cell = 0; cell < table.cellCount.length; cell += 1) {
    const shared = (table.cellCount[cell] ?? 0) + (table.cellSplit?.[cell] ?? 0);
    found += (shared * shared) / (table.rowSizes[table.cellRow[cell] ?? 0] ?? 1);
  }
  return { found, mentions };
}
