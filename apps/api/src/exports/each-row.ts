import type { ClientBase } from 'pg';
import QueryStream from 'pg-query-stream';

/** Rows of a query as they come, from a cursor on the server: memory holds a batch. */
export async function* eachRow<Row>(
  client: ClientBase,
  text: string,
  values: readonly unknown[],
  batchSize: number,
): AsyncGenerator<Row> {
  const stream = client.query(new QueryStream(text, [...values], { batchSize, highWaterMark: batchSize }));
  // The query's own column list is what `Row` says.
  for await (const row of stream) yield row as Row;
}
