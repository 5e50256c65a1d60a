import type { ContingencyTable, DocumentTables } from './contingency.ts';
import { addCounts, NO_COUNTS, type Score, scoreFromCounts, type ScoreCounts } from './score.ts';

/** Counts of both kinds of links; they add up over documents. */
export interface BlancCounts {
  readonly coreference: ScoreCounts;
  readonly nonCoreference: ScoreCounts;
}

export interface BlancScore extends Score {
  /** Links between mentions of one entity. */
  readonly coreference: Score;
  /** Links between mentions of different entities. */
  readonly nonCoreference: Score;
}

/**
 * BLANC for mentions found by the system (Luo, Pradhan, Recasens & Hovy 2014), in closed form: links are counted from
 * the sizes of entities and cells, never enumerated. Recall, precision and F1 are means over the two kinds of links.
 */
export function blancCounts(tables: DocumentTables): BlancCounts {
  const table = tables.both;
  const key = linksWithin(table.rowSizes);
  const response = linksWithin(table.columnSizes);
  const shared = sharedLinks(table);
  const links = (sizes: Int32Array): number => {
    let mentions = 0;
    for (const size of sizes) mentions += size;
    return (mentions * (mentions - 1)) / 2;
  };
  return {
    coreference: {
      recallNumerator: shared.within,
      recallDenominator: key,
      precisionNumerator: shared.within,
      precisionDenominator: response,
    },
    nonCoreference: {
      recallNumerator: shared.between,
      recallDenominator: links(table.rowSizes) - key,
      precisionNumerator: shared.between,
      precisionDenominator: links(table.columnSizes) - response,
    },
  };
}

function linksWithin(sizes: Int32Array): number {
  let links = 0;
  for (const size of sizes) links += (size * (size - 1)) / 2;
  return links;
}

/**
 * Links among the mentions that both sides have: together on both sides, and apart on both. A link weighs the product
 * of its ends, which is 1 but for split antecedents: pairs of a group come to (S² − Q) / 2, S the sum of the weights
 * and Q the sum of their squares; apart on both sides is, by inclusion and exclusion, all − rows − columns + cells.
 */
function sharedLinks(table: ContingencyTable): { within: number; between: number } {
  const rows = new Float64Array(table.rowSizes.length);
  const columns = new Float64Array(table.columnSizes.length);
  let total = 0;
  let squares = 0;
  let cellSquares = 0;
  for (let cell = 0; cell < table.cellCount.length; cell += 1) {
    const count = table.cellCount[cell] ?? 0;
    const split = table.cellSplit?.[cell] ?? 0;
    const weight = count + split;
    const row = table.cellRow[cell] ?? 0;
    const column = table.cellColumn[cell] ?? 0;
    rows[row] = (rows[row] ?? 0) + weight;
    columns[column] = (columns[column] ?? 0) + weight;
    total += weight;
    squares += count + split * split;
    cellSquares += weight * weight;
  }
  // Q is the same in every grouping, since each mention is in exactly one row, column and cell.
  const pairs = (sumOfSquares: number): number => (sumOfSquares - squares) / 2;
  const within = pairs(cellSquares);
  const between = pairs(total * total) - pairs(squaresOf(rows)) - pairs(squaresOf(columns)) + within;
  return { within, between: table.cellSplit === null ? between : Math.max(0, between) };
}

function squaresOf(weights: Float64Array): number {
  let sum = 0;
  for (const weight of weights) sum += weight * weight;
  return sum;
}

/**
 * The score from counts. Where the key has links of one kind only, the other kind is left out altogether (Luo et al.
 * 2014, scorer.pl 8.01); it is not halved.
 */
export function blancScore(counts: BlancCounts): BlancScore {
  const coreference = scoreFromCounts(counts.coreference, 'coreference links');
  const nonCoreference = scoreFromCounts(counts.nonCoreference, 'non-coreference links');
  const hasCoreference = counts.coreference.recallDenominator > 0;
  const hasNonCoreference = counts.nonCoreference.recallDenominator > 0;
  const parts = { coreference, nonCoreference, counts: null };
  if (!hasCoreference && !hasNonCoreference) {
    return {
      recall: 0,
      precision: 0,
      f1: 0,
      reason: 'the key held no links at all; 0 by convention',
      ...parts,
    };
  }
  if (!hasNonCoreference) {
    const { recall, precision, f1 } = coreference;
    return {
      recall,
      precision,
      f1,
      reason: 'the key held no non-coreference links; they are left out',
      ...parts,
    };
  }
  if (!hasCoreference) {
    const { recall, precision, f1 } = nonCoreference;
    return {
      recall,
      precision,
      f1,
      reason: 'the key held no coreference links; they are left out',
      ...parts,
    };
  }
  return {
    recall: (coreference.recall + nonCoreference.recall) / 2,
    precision: (coreference.precision + nonCoreference.precision) / 2,
    f1: (coreference.f1 + nonCoreference.f1) / 2,
    reason: null,
    ...parts,
  };
}

export const NO_BLANC_COUNTS: BlancCounts = { coreference: NO_COUNTS, nonCoreference: NO_COUNTS };

export function addBlancCounts(one: BlancCounts, other: BlancCounts): BlancCounts {
  return {
    coreference: addCounts(one.coreference, other.coreference),
    nonCoreference: addCounts(one.nonCoreference, other.nonCoreference),
  };
}
