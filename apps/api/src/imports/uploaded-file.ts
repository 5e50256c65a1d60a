import { createHash } from 'node:crypto';
import { HEAD_BYTES, peek } from '@casebook/corpora';
import type { FastifyRequest } from 'fastify';
import { Malformed, TooLarge } from '../errors.ts';
import { MAXIMUM_UPLOAD, MULTIPART_OVERHEAD } from './limits.ts';

/** A file on its way in. It is read once, as slowly as its reader goes. */
export interface UploadedFile {
  /** As people call it: without folders and invisible characters. */
  readonly name: string;
  readonly head: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Done share of the request, as far as its length was told. */
  share(): number;
  /** Makes sure that the file came whole and alone; its length and SHA-256. @throws TooLarge, Malformed */
  finish(): Promise<{ bytes: number; hash: Uint8Array<ArrayBuffer> }>;
}

/** How a service takes the file of a request, after it has looked at who sends it. */
export type TakeFile = <Result>(use: (file: UploadedFile) => Promise<Result>) => Promise<Result>;

// Nobody sees them in a list, and some turn the reading direction.
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** What the parser of multipart bodies says of one that does not end as it should. */
const BROKEN =
  /unexpected end of multipart|terminated early|premature close|boundary not found|malformed part header/iu;

function shownName(name: string): string {
  const base = name.split(/[\\/]/u).at(-1) ?? '';
  const shown = base.normalize('NFC').replace(UNSEEN, '').trim();
  return Array.from(shown).slice(0, 200).join('') || 'upload';
}

/**
 * Hands the file of a multipart request to whoever uses it, and lets go of the request afterwards, read or not.
 *
 * @throws TooLarge before anything is read where the request says its length, else at the limit.
 * @throws Malformed where there is no file, or a second one.
 */
export async function takeFile<Result>(
  request: FastifyRequest,
  use: (file: UploadedFile) => Promise<Result>,
): Promise<Result> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > MAXIMUM_UPLOAD + MULTIPART_OVERHEAD) throw new TooLarge(MAXIMUM_UPLOAD);
  const parts = request.parts();
  try {
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      const part = next.value;
      if (part.type !== 'file') continue;
      part.file.once('limit', () => part.file.destroy(new TooLarge(MAXIMUM_UPLOAD)));
      const { head, whole } = await peek(part.file, HEAD_BYTES);
      const hash = createHash('sha256');
      let bytes = 0;
      const counted = async function* () {
        for await (const chunk of whole) {
          bytes += chunk.length;
          hash.update(chunk);
          yield chunk;
        }
      };
      return await use({
        name: shownName(part.filename),
        head,
        bytes: counted(),
        share: () => (length === 0 ? 0 : bytes / length),
        finish: async () => {
          await refuseFurther(parts);
          return { bytes, hash: new Uint8Array(hash.digest()) };
        },
      });
    }
    throw new Malformed('A file is missing: send it as a part of its own, with its name.');
  } catch (error) {
    if (error instanceof Error && BROKEN.test(error.message)) {
      throw new Malformed('The upload breaks off, or is no well-formed multipart body.');
    }
    throw error;
  } finally {
    request.raw.unpipe();
    request.raw.resume();
  }
}

async function refuseFurther(parts: AsyncIterator<{ readonly type: 'file' | 'field' }>): Promise<void> {
  const second = 'Send one file a request.';
  try {
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      if (next.value.type === 'file') throw new Malformed(second);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FST_FILES_LIMIT')
      throw new Malformed(second);
    throw error;
  }
}
