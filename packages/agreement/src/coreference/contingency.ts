/**
 * How the entities of one side share mentions with those of the other. Only cells that hold something are kept, so
 * memory is linear in the mentions. Rows are the side whose entities are scored: the key for recall.
 */
export interface ContingencyTable {
  /** Row → mentions of the entity, shared or not; a split antecedent counts as one. */
  readonly rowSizes: Int32Array;
  readonly columnSizes: Int32Array;
  readonly cellRow: Int32Array;
  readonly cellColumn: Int32Array;
  /** Cell → mentions in both entities. */
  readonly cellCount: Int32Array;
  /** Cell → how far, 0 to 1, the split antecedents of its two entities match; null where there are none. */
  readonly cellSplit: Float64Array | null;
}

/** A pair of entities whose split antecedents were aligned, and how well they match. */
export interface SplitCell {
  readonly row: number;
  readonly column: number;
  readonly score: number;
}

/**
 * Counts the cells. `rowOf` and `columnOf` are parallel over the shared mentions. Linear: shared mentions are bucketed
 * by row, then each row's columns are counted in a scratch row.
 */
export function contingencyTable(
  rowSizes: Int32Array,
  columnSizes: Int32Array,
  rowOf: Int32Array,
  columnOf: Int32Array,
  splits: readonly SplitCell[] = [],
): ContingencyTable {
  const shared = rowOf.length;
  const starts = new Int32Array(rowSizes.length + 1);
  for (let at = 0; at < shared; at += 1) {
    const next = (rowOf[at] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let at = 0; at < rowSizes.length; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const fill = starts.slice();
  const columns = new Int32Array(shared);
  for (let at = 0; at < shared; at += 1) {
    const row = rowOf[at] ?? 0;
    const place = fill[row] ?? 0;
    columns[place] = columnOf[at] ?? 0;
    fill[row] = place + 1;
  }
  const most = shared + splits.length;
  const cellRow = new Int32Array(most);
  const cellColumn = new Int32Array(most);
  const cellCount = new Int32Array(most);
  const cellSplit = splits.length === 0 ? null : new Float64Array(most);
  const splitOfRow = new Map(splits.map((split) => [split.row, split]));
  const cellOf = new Int32Array(columnSizes.length).fill(-1);
  let cells = 0;
  for (let row = 0; row < rowSizes.length; row += 1) {
    const first = cells;
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) {
      const column = columns[at] ?? 0;
      let cell = cellOf[column] ?? -1;
      if (cell === -1) {
        cell = cells;
        cells += 1;
        cellOf[column] = cell;
        cellRow[cell] = row;
        cellColumn[cell] = column;
      }
      cellCount[cell] = (cellCount[cell] ?? 0) + 1;
    }
    const split = splitOfRow.get(row);
    if (split !== undefined && cellSplit !== null) {
      let cell = cellOf[split.column] ?? -1;
      if (cell === -1) {
        cell = cells;
        cells += 1;
        cellOf[split.column] = cell;
        cellRow[cell] = row;
        cellColumn[cell] = split.column;
      }
      cellSplit[cell] = split.score;
    }
    for (let cell = first; cell < cells; cell += 1) cellOf[cellColumn[cell] ?? 0] = -1;
  }
  return {
    rowSizes,
    columnSizes,
    cellRow: cellRow.subarray(0, cells),
    cellColumn: cellColumn.subarray(0, cells),
    cellCount: cellCount.subarray(0, cells),
    cellSplit: cellSplit === null ? null : cellSplit.subarray(0, cells),
  };
}

/** The same table with the sides exchanged. */
function transpose(table: ContingencyTable): ContingencyTable {
  return {
    rowSizes: table.columnSizes,
    columnSizes: table.rowSizes,
    cellRow: table.cellColumn,
    cellColumn: table.cellRow,
    cellCount: table.cellCount,
    cellSplit: table.cellSplit,
  };
}

/**
 * What a measure needs of a document. Without split antecedents all three are one table; with them, split antecedents
 * match by the measure's own recall, precision or F1 on the sets that they are made of (Paun et al. 2022).
 */
export interface DocumentTables {
  /** Rows are key entities; split antecedents weigh by recall. */
  readonly recall: ContingencyTable;
  /** Rows are response entities; split antecedents weigh by precision. */
  readonly precision: ContingencyTable;
  /** Rows are key entities; split antecedents weigh by F1. */
  readonly both: ContingencyTable;
}

/** The tables of a document without split antecedents. */
export function plainTables(table: ContingencyTable): DocumentTables {
  return { recall: table, precision: transpose(table), both: table };
}
