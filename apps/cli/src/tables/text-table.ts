/** A table for people: columns as wide as they need, numbers to the right. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)));
  const widths = header.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[], right: readonly boolean[]): string =>
    row
      .map((cell, column) =>
        right[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const right = header.map((_, column) => typeof rows[0]?.[column] === 'number');
  return `${[line(header, right), ...cells.map((row) => line(row, right))].join('\n')}\n`;
}

function figure(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 10 ? String(value) : value.toFixed(4);
}

/** As {@link textTable}, of the first rows only, saying how many more there are. */
export function shortTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  most = 20,
): string {
  const more = rows.length - most;
  return textTable(header, rows.slice(0, most)) + (more > 0 ? `… and ${more} more; --json gives all\n` : '');
}
