import { readRatingTable } from '@casebook/corpora';
import type { Refusal } from '@casebook/corpora';
import type { ReadRatings } from '@casebook/agreement';
import type { NamedBlob, ReadReport } from './requests.ts';

/** What is wrong with a file or with what was asked of it, as a sentence for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The bytes of a blob, piece by piece; not every browser lets a stream be read by `for await`. */
export async function* bytesOf(blob: Blob, onProgress?: (share: number) => void): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  let read = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      read += value.length;
      onProgress?.(blob.size === 0 ? 1 : read / blob.size);
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

/** @throws Refused with the place of the first row that can't be read. */
export async function ratingsOf({ name, content }: NamedBlob): Promise<ReadRatings> {
  const read = await readRatingTable(bytesOf(content), { fileName: name });
  if (read.kind === 'refused') throw refusedBy(read.refusal);
  return { name, table: read.table, checks: read.checks };
}

export function refusedBy({ file, line, column, reason, expected }: Refusal): Refused {
  return new Refused(`${file}, line ${line}, column ${column}: ${reason}; expected ${expected}.`);
}

/** Larger files are not hashed: a browser can only do that with all of a file in memory. */
const MOST_BYTES_HASHED = 512 * 1024 * 1024;

export async function inputOf({ name, content }: NamedBlob): Promise<ReadReport['inputs'][number]> {
  // The compiler takes it for always there; browsers leave it out of pages that came without HTTPS.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (!globalThis.isSecureContext || content.size > MOST_BYTES_HASHED) return { name, sha256: null };
  const digest = await subtle.digest('SHA-256', await content.arrayBuffer());
  return {
    name,
    sha256: Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}
