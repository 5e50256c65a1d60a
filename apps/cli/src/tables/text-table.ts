type Cell = string | number;

/**
 * A table for people: columns as wide as they need, those with numbers to the right; whole numbers as such where a
 * column holds nothing else and counts, otherwise four digits.
 */
export function textTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const numbersOf = (column: number): number[] =>
    rows.flatMap((row) => {
      const cell = row[column];
      return typeof cell === 'number' ? [cell] : [];
    });
  const right = header.map((_, column) => numbersOf(column).length > 0);
  const counts = header.map((_, column) => areCounts(numbersOf(column)));
  const cells = rows.map((row) => row.map((cell, column) => shown(cell, counts[column] === true)));
  const widths = header.map((name, column) =>
    cells.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), name.length),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        right[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return `${[line(header), ...cells.map(line)].join('\n')}\n`;
}

/** Coefficients lie within −1 and 1; whole numbers beyond are counts. */
function areCounts(numbers: readonly number[]): boolean {
  return (
    numbers.every((number) => Number.isInteger(number)) && numbers.some((number) => Math.abs(number) > 1)
  );
}

function shown(cell: Cell, isCount: boolean): string {
  if (typeof cell === 'string') return cell;
  return isCount || (Number.isInteger(cell) && Math.abs(cell) >= 10) ? String(cell) : cell.toFixed(4);
}

/** As {@link textTable}, of the first rows only, saying how many more there are. */
export function shortTable(header: readonly string[], rows: readonly (readonly Cell[])[], most = 20): string {
  const more = rows.length - most;
  return textTable(header, rows.slice(0, most)) + (more > 0 ? `… and ${more} more; --json gives all\n` : '');
}
