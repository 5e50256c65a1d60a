import { createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../imports/canonical-json.ts';
import { packFiles, sha256 } from './archive.ts';
import type { Files } from './archive.ts';
import { figuresOf } from './figures.ts';
import { readmeOf } from './readme.ts';
import { ROW_FILES } from './rows.ts';
import type { ReleaseRows } from './rows.ts';

export const HASHES = 'hashes.txt';
export const SIGNATURE = 'signature';
export const PUBLIC_KEY = 'public-key.pem';
export const DESCRIPTION = 'release.json';

export const descriptionSchema = z.strictObject({
  format: z.literal('casebook-release'),
  formatVersion: z.literal(1),
  number: z.int().positive(),
  project: z.string(),
  software: z.strictObject({ name: z.literal('casebook'), version: z.string() }),
  /** The day of the newest judgement in it; null where there is none. */
  asOf: z.string().nullable(),
  steps: z.array(z.string()),
});
export type Description = z.output<typeof descriptionSchema>;

/** What is done to what coders gave, in order. */
export const STEPS: readonly string[] = [
  'One snapshot of the database is read; ids become numbers in their own order, times become days and ranks.',
  'Comments, reasons, names and accounts are left out; machines keep their names.',
  'A judgement or verdict counts where it was in time, uninformed, not replaced, and its coder kept the section.',
  'Answers are grouped into readings by task type, against decisions, else gold, else the most probable reading.',
  'Votes weigh by the coder’s rating when answering: 0.8 where unknown, never under 0.55 or over 0.95.',
  'Agreement is computed from annotators’ answers with each task’s seed and number of resamples.',
  'Points follow from hand-ins, acts and outcomes of sections at rest, by the rules then in force.',
];

/** The lines of a list, each JSON with its keys in order. */
function jsonLines(rows: readonly unknown[]): Buffer {
  return Buffer.from(rows.map((row) => `${canonicalJson(row)}\n`).join(''));
}

/** As `sha256sum -c` reads it; the hash of this list is the root hash. */
export function hashList(files: Files): Buffer {
  const lines = [...files]
    .filter(([name]) => name !== HASHES && name !== SIGNATURE && name !== PUBLIC_KEY)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`);
  return Buffer.from(lines.join(''));
}

/** The key that an instance signs with, derived from its secret: the same secret, the same key. */
export function signingKey(secret: string): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'casebook release signature', 32));
  // RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8.
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
}

export const isSignedBy = (root: string, signature: Buffer, key: KeyObject): boolean =>
  verify(null, Buffer.from(root), key, Buffer.from(signature.toString('utf8').trim(), 'base64'));

/** A release's bytes and root hash: the same rows, description and key give the same. */
export async function buildRelease(
  rows: ReleaseRows,
  description: Description,
  key: KeyObject,
): Promise<{ readonly bytes: Buffer; readonly root: string }> {
  const files = new Map<string, Buffer>();
  files.set(DESCRIPTION, Buffer.from(`${canonicalJson(description)}\n`));
  files.set('README.md', Buffer.from(readmeOf(description, rows)));
  for (const file of ROW_FILES) files.set(`data/${file}.jsonl`, jsonLines(rows[file]));
  for (const [file, lines] of Object.entries(figuresOf(rows)))
    files.set(`figures/${file}.jsonl`, jsonLines(lines));
  const hashes = hashList(files);
  const root = sha256(hashes);
  files.set(HASHES, hashes);
  files.set(SIGNATURE, Buffer.from(`${sign(null, Buffer.from(root), key).toString('base64')}\n`));
  files.set(PUBLIC_KEY, Buffer.from(createPublicKey(key).export({ type: 'spki', format: 'pem' })));
  return { bytes: await packFiles(files), root };
}
