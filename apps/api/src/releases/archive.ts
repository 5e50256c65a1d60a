import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract, pack as makePack } from 'tar-stream';

/** The files of a release by path. */
export type Files = ReadonlyMap<string, Buffer>;

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** A tar whose bytes depend on nothing but the files: names in order, nobody's, of no time. */
export async function packFiles(files: Files): Promise<Buffer> {
  const pack = makePack();
  const whole = buffer(pack);
  for (const [name, bytes] of [...files].sort(([one], [other]) => (one < other ? -1 : 1)))
    pack.entry({ name, size: bytes.length, mtime: new Date(0), mode: 0o644, uid: 0, gid: 0 }, bytes);
  pack.finalize();
  return whole;
}

/** @throws Error where it is no tar, is cut short, or holds a name twice. */
export async function unpackFiles(bytes: Buffer): Promise<Files> {
  const files = new Map<string, Buffer>();
  const reading = extract();
  Readable.from([bytes]).pipe(reading);
  for await (const entry of reading) {
    const { name, type } = entry.header;
    const content = await buffer(entry);
    if (type !== 'file') throw new Error(`${name} is no file`);
    if (files.has(name)) throw new Error(`${name} is there twice`);
    files.set(name, content);
  }
  if (files.size === 0) throw new Error('there is nothing in it');
  return files;
}
