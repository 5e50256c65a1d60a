import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { pack as makePack } from 'tar-stream';
import type { Pack } from 'tar-stream';
import { connectDirectly } from '../database/direct.ts';
import { softwareVersion } from '../software.ts';
import { BackupError, folderOf, HEADER_FILE, SUMS_FILE } from './contents.ts';
import type { BackupContents, BackupHeader, BackupSums, TableSum } from './contents.ts';
import { copyOut, listApplied, listTables } from './repository.ts';
import type { StoredTable } from './repository.ts';

/** A file of the archive holds at most this much, so that none needs to be held whole. */
const PIECE_BYTES = 1_048_576;

/** What the text of a value depends on besides the value. */
const PLAIN_TEXT = `
  SET LOCAL TimeZone = 'UTC';
  SET LOCAL DateStyle = 'ISO, YMD';
  SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL bytea_output = 'hex';
  SET LOCAL extra_float_digits = 1;
  SET LOCAL client_encoding = 'UTF8'`;

/** Adds one file and waits until it has gone on its way. */
function addFile(pack: Pack, name: string, bytes: Buffer, mtime: Date): Promise<void> {
  return new Promise((resolve, reject) => {
    pack
      .entry({ name, size: bytes.length, mtime, mode: 0o600 }, (error) => {
        if (error) reject(error);
        else resolve();
      })
      .end(bytes);
  });
}

async function addJson(pack: Pack, name: string, value: unknown, mtime: Date): Promise<void> {
  await addFile(pack, name, Buffer.from(`${JSON.stringify(value, null, 2)}\n`), mtime);
}

/** Copies one table into files of the archive. */
async function addTable(
  pack: Pack,
  client: pg.Client,
  table: StoredTable,
  folder: string,
  mtime: Date,
): Promise<TableSum> {
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let pieces = 0;
  let bytes = 0;
  const flush = async () => {
    pieces += 1;
    const piece = Buffer.concat(waiting, waitingBytes);
    waiting = [];
    waitingBytes = 0;
    await addFile(pack, `${folder}${String(pieces).padStart(6, '0')}.copy`, piece, mtime);
  };
  const rows = client.query(copyTo(copyOut(table)));
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes >= PIECE_BYTES) await flush();
  }
  if (waitingBytes > 0) await flush();
  return { name: table.name, rows: rows.rowCount, bytes, sha256: hash.digest('hex') };
}

async function headerOf(client: pg.Client, tables: readonly StoredTable[]): Promise<BackupHeader> {
  const migrations = await listApplied(client);
  if (migrations === undefined) {
    throw new BackupError('This database holds no Casebook; there is nothing to back up.');
  }
  const { rows: clock } = await client.query<{ now: Date }>('SELECT transaction_timestamp() AS "now"');
  return {
    kind: 'casebook-backup',
    format: 1,
    software: await softwareVersion(),
    takenAt: (clock[0]?.now ?? new Date(0)).toISOString(),
    migrations: [...migrations],
    tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
  };
}

async function fill(pack: Pack, client: pg.Client): Promise<BackupContents> {
  const tables = await listTables(client);
  const header = await headerOf(client, tables);
  const mtime = new Date(header.takenAt);
  await addJson(pack, HEADER_FILE, header, mtime);
  const sums: TableSum[] = [];
  for (const [index, table] of tables.entries()) {
    sums.push(await addTable(pack, client, table, folderOf(index, table.name), mtime));
  }
  await addJson(pack, SUMS_FILE, { tables: sums } satisfies BackupSums, mtime);
  return { header, tables: sums };
}

/**
 * Writes every table of one moment, while the service goes on, as a gzipped tar of `COPY` text with the schema's
 * migrations in front and hashes at the end. Rows are sorted by their key, so equal databases give equal files.
 * The queue of jobs stays out: what is due is found again by the service, and no mail goes out twice.
 *
 * @throws BackupError where the database holds no Casebook.
 */
export async function writeBackup(url: string, sink: Writable): Promise<BackupContents> {
  const client = await connectDirectly(url);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(PLAIN_TEXT);
    const pack = makePack();
    const written = pipeline(pack, createGzip(), sink);
    const filled = fill(pack, client).then(
      (contents) => {
        pack.finalize();
        return contents;
      },
      (error: unknown) => {
        pack.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      },
    );
    const [contents] = await Promise.all([filled, written]);
    return contents;
  } finally {
    await client.end();
  }
}
