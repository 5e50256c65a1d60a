/** Throws RangeError unless two columns are of one length and hold finite numbers only. */
export function requireColumns(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length) throw new RangeError(`The columns have ${x.length} and ${y.length} values.`);
  for (const [name, column] of [
    ['first', x],
    ['second', y],
  ] as const) {
    for (let at = 0; at < column.length; at++) {
      if (!Number.isFinite(column[at])) {
        throw new RangeError(
          `Value ${at + 1} of the ${name} column is ${String(column[at])}; a finite number was expected.`,
        );
      }
    }
  }
}
