import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nameOf } from '../tables/read-text.ts';
import { type Terminal, UsageError } from '../usage.ts';

/** A file that figures were computed from. */
export interface InputFile {
  readonly file: string;
  readonly sha256: string;
}

/** The bytes of a file, or of stdin for `-`, with their hash once they have all been read. */
export class Source {
  readonly name: string;
  private readonly path: string;
  private readonly terminal: Terminal;
  private readonly hash = createHash('sha256');

  constructor(path: string, terminal: Terminal) {
    this.path = path;
    this.terminal = terminal;
    this.name = nameOf(path);
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    const stream =
      this.path === '-' ? this.terminal.stdin : createReadStream(this.path, { highWaterMark: 1 << 20 });
    try {
      for await (const chunk of stream) {
        const bytes: Uint8Array = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
        this.hash.update(bytes);
        yield bytes;
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      throw new UsageError(
        `${this.name}: the file can't be read (${String(error.code)}); expected a file or - for stdin`,
      );
    }
  }

  /** To be asked once, after all bytes. */
  input(): InputFile {
    return { file: this.name, sha256: this.hash.digest('hex') };
  }
}

/** The files named, folders standing for the files in them, by name. */
export async function expanded(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const isFolder = path !== '-' && (await stat(path).catch(() => null))?.isDirectory() === true;
    if (!isFolder) {
      files.push(path);
      continue;
    }
    const entries = await readdir(path, { withFileTypes: true });
    const found = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(path, entry.name))
      .sort();
    if (found.length === 0) throw new UsageError(`${path}: the folder holds no files; expected tables`);
    files.push(...found);
  }
  return files;
}
