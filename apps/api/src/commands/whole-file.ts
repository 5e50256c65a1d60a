import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';

/** The file that was to be written has its name already. */
export class FileIsThere extends Error {
  constructor(path: string, what: string) {
    super(`${path} is there already; ${what} overwrites nothing.`);
  }
}

/**
 * Writes beside the file and gives it its name only when it is whole and on the disk.
 *
 * @param what writes, as its refusal names it.
 * @throws FileIsThere where the name is taken.
 */
export async function wholeFile<Result>(
  path: string,
  what: string,
  write: (sink: Writable) => Promise<Result>,
): Promise<Result> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const result = await write(createWriteStream(part, { flags: 'wx', mode: 0o600 }));
    const handle = await open(part, 'r+');
    await handle.sync();
    await handle.close();
    await link(part, path).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
        throw new FileIsThere(path, what);
      throw error;
    });
    return result;
  } finally {
    await rm(part, { force: true });
  }
}

/** One sentence on a file that can’t be read or written; undefined for other errors. */
export function fileSentence(error: unknown): string | undefined {
  if (error instanceof FileIsThere) return error.message;
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const path = String(error.path);
  if (error.code === 'ENOENT') return `There is no ${path}.`;
  if (error.code === 'ENOSPC') return `There is no room left for ${path}.`;
  return error.code === 'EACCES' || error.code === 'EISDIR' ? `${path} can’t be opened.` : undefined;
}
