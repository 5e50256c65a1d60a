import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { BackupError } from '../backup/contents.ts';
import type { TableSum } from '../backup/contents.ts';
import { checkBackup, restoreBackup } from '../backup/restore-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { readEnvironment } from '../env.ts';
import { MIGRATIONS } from '../instance.ts';
import { sentenceFor } from './failure.ts';
import { hasDatabase, noDatabaseIn, reachDatabase } from './reach.ts';

/** What a backup holds, or the sentence that says why there is none. */
export type BackupOutcome =
  | { readonly done: true; readonly takenAt: string; readonly tables: readonly TableSum[] }
  | { readonly done: false; readonly why: string };

async function told(deed: () => Promise<BackupOutcome>): Promise<BackupOutcome> {
  try {
    return await deed();
  } catch (error) {
    const why = error instanceof BackupError ? error.message : (fileSentence(error) ?? sentenceFor(error));
    if (why === undefined) throw error;
    return { done: false, why };
  }
}

function fileSentence(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const path = String(error.path);
  if (error.code === 'ENOENT') return `There is no ${path}.`;
  if (error.code === 'ENOSPC') return `There is no room left for ${path}.`;
  return error.code === 'EACCES' || error.code === 'EISDIR' ? `${path} can’t be opened.` : undefined;
}

/** Writes beside the file and gives it its name only when it is whole and on the disk. */
async function wholeFile<Result>(path: string, write: (sink: Writable) => Promise<Result>): Promise<Result> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const result = await write(createWriteStream(part, { flags: 'wx', mode: 0o600 }));
    const handle = await open(part, 'r+');
    await handle.sync();
    await handle.close();
    await link(part, path).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
        throw new BackupError(`${path} is there already; a backup overwrites nothing.`);
      }
      throw error;
    });
    return result;
  } finally {
    await rm(part, { force: true });
  }
}

/** Backs the instance up, whether the service runs or not, into a file or, for `-`, a stream. */
export async function backup(path: string, stream: Writable): Promise<BackupOutcome> {
  return told(async () => {
    const environment = await readEnvironment(process.env);
    if (!hasDatabase(environment)) return { done: false, why: noDatabaseIn(environment) };
    const { url, leave } = await reachDatabase(environment);
    try {
      const { header, tables } =
        path === '-'
          ? await writeBackup(url, stream)
          : await wholeFile(path, (sink) => writeBackup(url, sink));
      return { done: true, takenAt: header.takenAt, tables };
    } finally {
      await leave();
    }
  });
}

/** Puts a backup into the instance's database, which must be empty or not there yet; or only reads it through. */
export async function restore(
  path: string,
  stream: Readable,
  { checkOnly }: { readonly checkOnly: boolean },
): Promise<BackupOutcome> {
  return told(async () => {
    const source = () => (path === '-' ? stream : createReadStream(path));
    if (checkOnly) {
      const { header, tables } = await checkBackup(source());
      return { done: true, takenAt: header.takenAt, tables };
    }
    const environment = await readEnvironment(process.env);
    const { url, leave } = await reachDatabase(environment);
    try {
      const { header, tables } = await restoreBackup(url, source(), MIGRATIONS);
      return { done: true, takenAt: header.takenAt, tables };
    } finally {
      await leave();
    }
  });
}
