import { type UnitStatistics, UnitStatisticsBuilder } from './unit-statistics.ts';

/**
 * The same coefficient with clusters of units for units: the rows of a cluster are added up, once, so that drawing it
 * costs one row however many units stand in it. Clusters of which no unit is of use are left out.
 * Null where rows are not told apart by unit.
 *
 * @param clusterOf unit of the study → cluster, from 0; throws RangeError where it is too short
 */
export function clusteredRows(
  statistics: UnitStatistics,
  clusterOf: ArrayLike<number>,
): UnitStatistics | null {
  const { unitOf, offsets, columns, amounts } = statistics;
  if (unitOf === undefined) return null;
  const rowsOf = new Map<number, number[]>();
  for (const [row, unit] of unitOf.entries()) {
    const cluster = clusterOf[unit];
    if (cluster === undefined) throw new RangeError(`unit ${unit} stands in no cluster`);
    const rows = rowsOf.get(cluster);
    if (rows === undefined) rowsOf.set(cluster, [row]);
    else rows.push(row);
  }
  const builder = new UnitStatisticsBuilder(rowsOf.size, columns.length);
  const sums = new Float64Array(statistics.width);
  const isUsed = new Uint8Array(statistics.width);
  for (const cluster of [...rowsOf.keys()].sort((one, other) => one - other)) {
    const used: number[] = [];
    for (const row of rowsOf.get(cluster) ?? []) {
      for (let entry = offsets[row] ?? 0; entry < (offsets[row + 1] ?? 0); entry++) {
        const column = columns[entry] ?? 0;
        if (isUsed[column] === 0) {
          isUsed[column] = 1;
          used.push(column);
        }
        sums[column] = (sums[column] ?? 0) + (amounts[entry] ?? 0);
      }
    }
    for (const column of used) {
      builder.add(column, sums[column] ?? 0);
      sums[column] = 0;
      isUsed[column] = 0;
    }
    builder.endUnit(cluster);
  }
  return builder.finish(statistics.width, statistics.evaluate);
}
