import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract as makeExtract } from 'tar-stream';
import { BackupError, folderOf, HEADER_FILE, headerSchema, SUMS_FILE, sumsSchema } from './contents.ts';
import type { BackupHeader, TableSum } from './contents.ts';

/** One file of the archive, to be read before the next can be asked for. */
type Entry = AsyncIterable<unknown> & { readonly header: { readonly name: string } };

const BROKEN = 'The file is no whole backup of Casebook';

/** The stream’s own word for it, within our sentence. */
function broken(error: unknown): BackupError {
  return new BackupError(`${BROKEN}: ${error instanceof Error ? error.message : String(error)}.`);
}

async function* bytesOf(entry: Entry | undefined): AsyncGenerator<Buffer, void, undefined> {
  if (entry === undefined) return;
  const chunks = entry[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: unknown) => {
      throw broken(error);
    });
    if (next.done === true) return;
    if (Buffer.isBuffer(next.value)) yield next.value;
  }
}

async function textOf(entry: Entry): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytesOf(entry)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The lines of one table, in pieces, and what they come to once they have all been read. */
export interface ArchivedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly pieces: AsyncGenerator<Buffer, void, undefined>;
}

/**
 * A backup read once from front to back: first `header()`, then every table of `tables()` to its end, then `check()`.
 *
 * @throws BackupError, from any of them, where the file is something else, was cut short or changed.
 */
export class ArchiveReader {
  readonly #entries: AsyncIterator<Entry>;
  #ahead: Entry | undefined;
  readonly #read: TableSum[] = [];

  constructor(source: Readable) {
    const extract = makeExtract();
    const gunzip = createGunzip();
    source.once('error', (error) => {
      gunzip.destroy(error);
    });
    gunzip.once('error', (error) => {
      extract.destroy(error);
    });
    // Whoever waits for the next file hears of it; the stream itself has nobody else to tell.
    extract.on('error', () => undefined);
    source.pipe(gunzip).pipe(extract);
    this.#entries = extract[Symbol.asyncIterator]();
  }

  async #peek(): Promise<Entry | undefined> {
    if (this.#ahead === undefined) {
      const next: IteratorResult<Entry, unknown> = await this.#entries.next().catch((error: unknown) => {
        throw broken(error);
      });
      this.#ahead = next.done === true ? undefined : next.value;
    }
    return this.#ahead;
  }

  async #take(): Promise<Entry | undefined> {
    const entry = await this.#peek();
    this.#ahead = undefined;
    return entry;
  }

  async header(): Promise<BackupHeader> {
    const entry = await this.#take();
    const parsed =
      entry?.header.name === HEADER_FILE ? headerSchema.safeParse(jsonOf(await textOf(entry))) : undefined;
    if (parsed?.success !== true)
      throw new BackupError(`${BROKEN}: it does not begin with ${HEADER_FILE} of format 1.`);
    return parsed.data;
  }

  async *#piecesOf(name: string, folder: string): AsyncGenerator<Buffer, void, undefined> {
    const hash = createHash('sha256');
    let bytes = 0;
    let rows = 0;
    while ((await this.#peek())?.header.name.startsWith(folder) === true) {
      for await (const chunk of bytesOf(await this.#take())) {
        hash.update(chunk);
        bytes += chunk.length;
        // In COPY's text a newline ends a row and stands nowhere else.
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows += 1;
        yield chunk;
      }
    }
    this.#read.push({ name, rows, bytes, sha256: hash.digest('hex') });
  }

  *tables(header: BackupHeader): Generator<ArchivedTable, void, undefined> {
    for (const [index, { name, columns }] of header.tables.entries()) {
      yield { name, columns, pieces: this.#piecesOf(name, folderOf(index, name)) };
    }
  }

  /** Compares what was read with the sums at the end, and makes sure that nothing comes after them. */
  async check(): Promise<readonly TableSum[]> {
    const entry = await this.#take();
    const parsed =
      entry?.header.name === SUMS_FILE ? sumsSchema.safeParse(jsonOf(await textOf(entry))) : undefined;
    if (parsed?.success !== true) {
      throw new BackupError(
        entry === undefined
          ? `${BROKEN}: it ends before ${SUMS_FILE}.`
          : `${BROKEN}: ${entry.header.name} does not belong there.`,
      );
    }
    for (const [index, sum] of this.#read.entries()) {
      const said = parsed.data.tables[index];
      if (said?.name !== sum.name || said.sha256 !== sum.sha256 || said.rows !== sum.rows) {
        throw new BackupError(
          `The table ${sum.name} of the backup is not what was written: its hash differs.`,
        );
      }
    }
    if (parsed.data.tables.length !== this.#read.length || (await this.#take()) !== undefined) {
      throw new BackupError(`${BROKEN}: it holds more than it says.`);
    }
    return this.#read;
  }
}
