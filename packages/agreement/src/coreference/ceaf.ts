import { maximumWeightMatching } from './assignment.ts';
import type { ContingencyTable, DocumentTables } from './contingency.ts';
import type { ScoreCounts } from './score.ts';

/**
 * CEAF by mentions, φ₃ (Luo 2005): entities are paired one to one so that they share as many mentions as possible;
 * the shared mentions are divided by the mentions of each side (scorer.pl; not by entities, with which it exceeds 1).
 */
export function ceafMentions(tables: DocumentTables): ScoreCounts {
  const table = tables.both;
  const weight = similarity(table, (shared) => shared);
  const best = bestSum(table, weight);
  return {
    recallNumerator: best,
    recallDenominator: sum(table.rowSizes),
    precisionNumerator: best,
    precisionDenominator: sum(table.columnSizes),
  };
}

/** CEAF by entities, φ₄ (Luo 2005): pairs weigh 2|K∩R| / (|K|+|R|), and each side is divided by its entities. */
export function ceafEntities(tables: DocumentTables): ScoreCounts {
  const table = tables.both;
  const weight = similarity(table, (shared, key, response) => (2 * shared) / (key + response));
  const best = bestSum(table, weight);
  return {
    recallNumerator: best,
    recallDenominator: table.rowSizes.length,
    precisionNumerator: best,
    precisionDenominator: table.columnSizes.length,
  };
}

function similarity(
  table: ContingencyTable,
  phi: (shared: number, key: number, response: number) => number,
): Float64Array {
  const weight = new Float64Array(table.cellCount.length);
  for (let cell = 0; cell < weight.length; cell += 1) {
    const shared = (table.cellCount[cell] ?? 0) + (table.cellSplit?.[cell] ?? 0);
    const key = table.rowSizes[table.cellRow[cell] ?? 0] ?? 0;
    const response = table.columnSizes[table.cellColumn[cell] ?? 0] ?? 0;
    weight[cell] = phi(shared, key, response);
  }
  return weight;
}

function bestSum(table: ContingencyTable, weight: Float64Array): number {
  const partner = maximumWeightMatching({
    rows: table.rowSizes.length,
    columns: table.columnSizes.length,
    row: table.cellRow,
    column: table.cellColumn,
    weight,
  });
  let best = 0;
  for (let cell = 0; cell < weight.length; cell += 1) {
    if (partner[table.cellRow[cell] ?? 0] === table.cellColumn[cell]) best += weight[cell] ?? 0;
  }
  return best;
}

function sum(sizes: Int32Array): number {
  let total = 0;
  for (const size of sizes) total += size;
  return total;
}
