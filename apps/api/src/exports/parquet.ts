import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';
import type { Writer } from 'hyparquet-writer';
import type { StoredJudgement } from './judgement-repository.ts';

/**
 * Judgements of one row group. As many as make columns that compress, and few enough that a million pass through a
 * process of ordinary size.
 */
const ROW_GROUP = 10_000;

type ParquetType = 'STRING' | 'JSON' | 'INT32' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP';

/** As in CSV, in the same order, each of its own type. Ids are text, so that they can be joined with other files’. */
const COLUMNS = {
  id: 'STRING',
  submissionId: 'STRING',
  taskId: 'STRING',
  unitId: 'STRING',
  itemId: 'STRING',
  itemName: 'STRING',
  unitKey: 'STRING',
  source: 'STRING',
  coder: 'STRING',
  coderName: 'STRING',
  occasion: 'INT32',
  stage: 'STRING',
  act: 'STRING',
  answer: 'JSON',
  skipReason: 'STRING',
  confidence: 'STRING',
  comment: 'STRING',
  commentKind: 'STRING',
  contractVersion: 'INT32',
  itemVersion: 'INT32',
  guidelineVersion: 'INT32',
  coderRating: 'DOUBLE',
  elapsedMs: 'INT32',
  informed: 'BOOLEAN',
  extra: 'BOOLEAN',
  supersedes: 'STRING',
  superseded: 'BOOLEAN',
  receivedAt: 'TIMESTAMP',
} as const satisfies Record<keyof StoredJudgement, ParquetType>;

/** A writer that hands on what was written at the end of each row group, and forgets it. */
function handingWriter(hand: (bytes: Uint8Array) => Promise<void>): Writer {
  const writer = new ByteWriter();
  const flush = async (): Promise<void> => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    await hand(bytes);
  };
  return Object.assign(writer, { flush, finish: flush });
}

/**
 * Writes judgements as one Parquet file with Snappy compression: a column each, `answer` as JSON, `receivedAt` as
 * milliseconds UTC.
 *
 * @param hand is given the file piece by piece; the next rows are read when it has resolved.
 */
export async function writeJudgementsAsParquet(
  judgements: AsyncIterable<StoredJudgement>,
  hand: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  await parquetWriteRows({
    writer: handingWriter(hand),
    rows: judgements,
    columns: Object.entries(COLUMNS).map(([name, type]) => ({ name, type })),
    rowGroupSize: ROW_GROUP,
    createdBy: 'casebook',
  });
}
