import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { connectDirectly } from '../database/direct.ts';
import { listMigrations, migrate } from '../database/migrate.ts';
import { BackupError } from './contents.ts';
import type { BackupContents, BackupHeader } from './contents.ts';
import { ArchiveReader } from './read-archive.ts';
import { copyIn, hasRows, listTables, switchTriggers } from './repository.ts';

/** Reads a backup to its end and compares its hashes; touches no database. */
export async function checkBackup(source: Readable): Promise<BackupContents> {
  const archive = new ArchiveReader(source);
  const header = await archive.header();
  for (const { pieces } of archive.tables(header)) {
    while ((await pieces.next()).done !== true);
  }
  return { header, tables: await archive.check() };
}

/** @throws BackupError where this Casebook does not know the backup's schema. */
async function requireKnownSchema(header: BackupHeader, migrations: URL): Promise<void> {
  const known = new Map((await listMigrations(migrations)).map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of header.migrations) {
    const ours = known.get(name);
    if (ours === checksum) continue;
    throw new BackupError(
      ours === undefined
        ? `The backup was made by Casebook ${header.software}, whose schema (${name}) this one does not know; restore it with that version or a newer one.`
        : `The migration ${name} is not the one that made this backup.`,
    );
  }
}

/** @throws BackupError where anything is stored already. */
async function requireEmpty(client: pg.Client): Promise<void> {
  for (const { name } of await listTables(client)) {
    if (await hasRows(client, name)) {
      throw new BackupError(
        `The database is not empty (${name} has rows). Restore into a new one: set CASEBOOK_DATA to a folder that does not exist yet, or DATABASE_URL to an empty database.`,
      );
    }
  }
}

async function load(
  client: pg.Client,
  archive: ArchiveReader,
  header: BackupHeader,
): Promise<BackupContents> {
  const stored = new Set((await listTables(client)).map(({ name }) => name));
  for (const table of archive.tables(header)) {
    if (!stored.has(table.name)) {
      throw new BackupError(`The backup holds a table ${table.name} that its own schema does not have.`);
    }
    // What triggers would add on the way in is in the rows already.
    await switchTriggers(client, table.name, 'OFF');
    await pipeline(Readable.from(table.pieces), client.query(copyFrom(copyIn(table))));
    await switchTriggers(client, table.name, 'ON');
  }
  return { header, tables: await archive.check() };
}

/**
 * Puts a backup into an empty database: its own schema first, then all rows and the comparison of hashes in one
 * transaction, then the migrations that have been added since. Foreign keys are checked on the way in.
 *
 * @throws BackupError where the database is not empty or the file not whole; then no row has been written.
 */
export async function restoreBackup(url: string, source: Readable, migrations: URL): Promise<BackupContents> {
  const archive = new ArchiveReader(source);
  const header = await archive.header();
  await requireKnownSchema(header, migrations);
  const client = await connectDirectly(url);
  let report: BackupContents;
  try {
    await requireEmpty(client);
    await migrate(url, migrations, new Set(header.migrations.map(({ name }) => name)));
    await client.query('BEGIN');
    await client.query("SET LOCAL client_encoding = 'UTF8'");
    report = await load(client, archive, header);
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    // A connection that ends takes an open transaction back.
    await client.end();
  }
  await migrate(url, migrations);
  return report;
}
