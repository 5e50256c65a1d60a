import type { Writable } from 'node:stream';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ProjectId } from '@casebook/contracts';
import { connectDirectly } from '../database/direct.ts';
import { readEnvironment } from '../env.ts';
import { eachJudgement, findProject, judgementLines } from '../exports/judgement-repository.ts';
import { judgementTable } from '../exports/judgement-text.ts';
import { writeJudgementsAsParquet } from '../exports/parquet.ts';
import { sentenceFor } from './failure.ts';
import { hasDatabase, noDatabaseIn, reachDatabase } from './reach.ts';
import { fileSentence, wholeFile } from './whole-file.ts';

export interface ExportOrder {
  /** By its id, or by its name where only one is called so. */
  readonly project: string;
  readonly format: 'jsonl' | 'csv' | 'parquet';
  readonly extra: boolean;
  readonly superseded: boolean;
  readonly formulas: 'guarded' | 'raw';
}

export type ExportOutcome =
  { readonly done: true; readonly bytes: number } | { readonly done: false; readonly why: string };

/** Writes a project’s judgements into a file that is not there yet or, for `-`, to a stream. */
export async function exportJudgements(
  path: string,
  stream: Writable,
  order: ExportOrder,
): Promise<ExportOutcome> {
  try {
    const environment = await readEnvironment(process.env);
    if (!hasDatabase(environment)) return { done: false, why: noDatabaseIn(environment) };
    const { url, leave } = await reachDatabase(environment);
    try {
      return await written(url, order, path, stream);
    } finally {
      await leave();
    }
  } catch (error) {
    const why = fileSentence(error) ?? sentenceFor(error);
    if (why === undefined) throw error;
    return { done: false, why };
  }
}

async function written(
  url: string,
  order: ExportOrder,
  path: string,
  stream: Writable,
): Promise<ExportOutcome> {
  const client = await connectDirectly(url);
  try {
    const projectId = await findProject(client, order.project);
    if (projectId === undefined) {
      return {
        done: false,
        why: `Not exactly one project is called ${order.project}; its id names it surely.`,
      };
    }
    const content = contentOf(client, projectId, order);
    const bytes =
      path === '-'
        ? await pipe(content, stream, false)
        : await wholeFile(path, 'an export', (sink) => pipe(content, sink, true));
    return { done: true, bytes };
  } finally {
    await client.end();
  }
}

function contentOf(
  client: Parameters<typeof eachJudgement>[0],
  projectId: ProjectId,
  { format, formulas, ...filter }: ExportOrder,
): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case 'jsonl':
      return judgementLines(client, projectId, filter);
    case 'csv':
      return judgementTable(eachJudgement(client, projectId, filter), formulas);
    case 'parquet':
      return parquetPieces(eachJudgement(client, projectId, filter));
  }
}

/** The pieces of a Parquet file as they are handed on. */
function parquetPieces(judgements: ReturnType<typeof eachJudgement>): AsyncIterable<Uint8Array> {
  const through = new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      done(null, piece);
    },
  });
  writeJudgementsAsParquet(
    judgements,
    (bytes) =>
      new Promise((resolve, reject) => {
        through.write(bytes, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
  ).then(
    () => through.end(),
    (error: unknown) => through.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return through as AsyncIterable<Uint8Array>;
}

/** Passes everything on and says how many bytes that were. */
async function pipe(
  content: AsyncIterable<string | Uint8Array>,
  sink: Writable,
  end: boolean,
): Promise<number> {
  let bytes = 0;
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      done(null, piece);
    },
  });
  await pipeline(Readable.from(content, { objectMode: false }), counted, sink, { end });
  return bytes;
}
