import { createReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { BackupError } from '../backup/contents.ts';
import type { TableSum } from '../backup/contents.ts';
import { checkBackup, restoreBackup } from '../backup/restore-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { readEnvironment } from '../env.ts';
import { MIGRATIONS } from '../instance.ts';
import { sentenceFor } from './failure.ts';
import { hasDatabase, noDatabaseIn, reachDatabase } from './reach.ts';
import { fileSentence, wholeFile } from './whole-file.ts';

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
          : await wholeFile(path, 'a backup', (sink) => writeBackup(url, sink));
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
