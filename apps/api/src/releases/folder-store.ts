import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { StoreFailure } from './store.ts';
import type { ReleaseStore } from './store.ts';

/** Milliseconds after which nobody writes to a draft any more. */
const ABANDONED = 60_000;

/** Keeps files in a folder, which replicas may share. */
export class FolderStore implements ReleaseStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async keep(name: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
    const path = join(this.#folder, name);
    // Beside its place, since a file can be renamed within one file system only.
    const draft = `${path}.${randomUUID()}.part`;
    await this.#tried(() => mkdir(dirname(path), { recursive: true }));
    await this.#clear(path);
    const file = await this.#tried(() => open(draft, 'wx'));
    let size = 0;
    try {
      for await (const piece of pieces) {
        await this.#tried(() => file.writeFile(piece));
        size += piece.length;
      }
      await this.#tried(() => file.sync());
      await file.close();
      await this.#tried(() => rename(draft, path));
      return size;
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(draft, { force: true });
      throw error;
    }
  }

  async open(name: string): Promise<Readable> {
    const file = await this.#tried(() => open(join(this.#folder, name)));
    return file.createReadStream();
  }

  /** Removes drafts of a file that whoever was killed has left. */
  async #clear(path: string): Promise<void> {
    const [folder, name] = [dirname(path), basename(path)];
    for (const other of await this.#tried(() => readdir(folder))) {
      if (!other.startsWith(`${name}.`) || !other.endsWith('.part')) continue;
      const draft = join(folder, other);
      const { mtimeMs } = await this.#tried(() => stat(draft));
      if (Date.now() - mtimeMs > ABANDONED) await rm(draft, { force: true });
    }
  }

  async #tried<Result>(deed: () => Promise<Result>): Promise<Result> {
    try {
      return await deed();
    } catch (cause) {
      throw new StoreFailure(`The folder ${this.#folder} does not do its part`, { cause });
    }
  }
}
