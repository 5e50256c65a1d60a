import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../usage.ts';

interface Begun {
  readonly handle: FileHandle;
  readonly partial: string;
  readonly path: string;
}

/** Files that appear under their names only when all of them are whole; until then they lie beside, hidden. */
export class NewFiles {
  private readonly begun: Begun[] = [];

  /** Begins a file; what is written to it follows. */
  async begin(path: string): Promise<(text: string) => Promise<void>> {
    const partial = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
    let handle: FileHandle;
    try {
      handle = await open(partial, 'wx');
    } catch (error) {
      throw new UsageError(`${path}: the file can't be written (${codeOf(error)}); expected a place for it`);
    }
    this.begun.push({ handle, partial, path });
    return async (text) => {
      await handle.writeFile(text);
    };
  }

  /** Gives all files their names. */
  async keep(): Promise<string[]> {
    for (const { handle } of this.begun) {
      await handle.sync();
      await handle.close();
    }
    for (const { partial, path } of this.begun) await rename(partial, path);
    return this.begun.splice(0).map(({ path }) => path);
  }

  /** Leaves nothing of what was begun and not kept. */
  async discard(): Promise<void> {
    for (const { handle, partial } of this.begun.splice(0)) {
      await handle.close();
      await rm(partial, { force: true });
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
