import type { ContingencyTable, DocumentTables } from './contingency.ts';
import type { ScoreCounts } from './score.ts';

/**
 * MUC (Vilain et al. 1995): links that would have to be added. For an entity of n mentions that the other side spreads
 * over p parts (a mention that it lacks is a part of its own), n − p of n − 1 links are found.
 * An entity of one mention has no link; with `singletonsAsLinks`, as in the alignment of split antecedents, it counts
 * as one link that is found where the other side has the same singleton.
 */
export function muc(tables: DocumentTables, singletonsAsLinks = false): ScoreCounts {
  const recall = oneSide(tables.recall, singletonsAsLinks);
  const precision = oneSide(tables.precision, singletonsAsLinks);
  return {
    recallNumerator: recall.found,
    recallDenominator: recall.links,
    precisionNumerator: precision.found,
    precisionDenominator: precision.links,
  };
}

function oneSide(table: ContingencyTable, singletonsAsLinks: boolean): { found: number; links: number } {
  let found = 0;
  let links = 0;
  for (const size of table.rowSizes) links += size === 1 && singletonsAsLinks ? 1 : size - 1;
  for (let cell = 0; cell < table.cellCount.length; cell += 1) {
    const count = table.cellCount[cell] ?? 0;
    if (count === 0) continue;
    // A split antecedent adds a link only where a mention of its own entity lies on the same side of the cut.
    found += count - 1 + (table.cellSplit?.[cell] ?? 0);
    if (singletonsAsLinks && isSharedSingleton(table, cell)) found += 1;
  }
  return { found, links };
}

function isSharedSingleton(table: ContingencyTable, cell: number): boolean {
  return (
    table.rowSizes[table.cellRow[cell] ?? 0] === 1 && table.columnSizes[table.cellColumn[cell] ?? 0] === 1
  );
}
