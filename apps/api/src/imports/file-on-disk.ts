import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { HEAD_BYTES, peek } from '@casebook/corpora';
import { TooLarge } from '../errors.ts';
import { MAXIMUM_UPLOAD } from './limits.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** A file on this machine, as uploads come. @throws TooLarge, or what the file system says. */
export async function fileOnDisk(path: string): Promise<UploadedFile> {
  const { size } = await stat(path);
  if (size > MAXIMUM_UPLOAD) throw new TooLarge(MAXIMUM_UPLOAD);
  const { head, whole } = await peek(createReadStream(path), HEAD_BYTES);
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of whole) {
      bytes += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    name: basename(path),
    head,
    bytes: counted(),
    share: () => (size === 0 ? 0 : bytes / size),
    finish: () => Promise.resolve({ bytes, hash: new Uint8Array(hash.digest()) }),
  };
}
