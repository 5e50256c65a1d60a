import pg from 'pg';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** Neither stands in a line of JSON, where control characters are escaped: so nothing is quoted on the way. */
const QUOTE = String.raw`E'\x01'`;
const DELIMITER = String.raw`E'\x02'`;

/**
 * What a query gives, a line a row, as the bytes that the database sends: they are neither decoded nor held.
 *
 * @param query of one column of text without control characters, with `$1`, `$2`, … for the values.
 */
export function copyLines(
  client: ClientBase,
  query: string,
  values: readonly (string | number | boolean | null)[],
): AsyncIterable<Uint8Array> {
  // COPY takes no parameters.
  const text = query.replaceAll(/\$(\d+)/gu, (_, number: string) => literalOf(values[Number(number) - 1]));
  return client.query(
    copyTo(`COPY (${text}) TO STDOUT (FORMAT csv, QUOTE ${QUOTE}, DELIMITER ${DELIMITER})`),
  );
}

function literalOf(value: string | number | boolean | null | undefined): string {
  if (value === undefined) throw new Error('the query has a place for a value that was not given');
  if (value === null) return 'NULL';
  return typeof value === 'string' ? pg.escapeLiteral(value) : String(value);
}
