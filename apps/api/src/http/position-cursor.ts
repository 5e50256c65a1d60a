import { Malformed } from '../errors.ts';

/** The position behind which a page begins; a cursor is the last one shown. @throws Malformed */
export function positionAfter(cursor: string | undefined): number {
  if (cursor === undefined) return -1;
  if (!/^\d{1,9}$/u.test(cursor)) throw new Malformed('cursor: expected one that an earlier page ended with');
  return Number(cursor);
}

/** A page out of rows that were asked for with one more than fit, so that the last page is known for what it is. */
export function pageOfPositions<Row extends { readonly position: number }>(
  found: readonly Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last === undefined || found.length <= limit ? null : String(last.position) };
}
