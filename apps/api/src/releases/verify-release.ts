import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { sha256, unpackFiles } from './archive.ts';
import type { Files } from './archive.ts';
import { differences } from './differences.ts';
import { figuresOf } from './figures.ts';
import {
  DESCRIPTION,
  descriptionSchema,
  HASHES,
  hashList,
  isSignedBy,
  PUBLIC_KEY,
  SIGNATURE,
} from './format.ts';
import { ROW_FILES, rowSchemas } from './rows.ts';
import type { ReleaseRows } from './rows.ts';

/** What was found out about a release: `faults` is empty where nothing differs. */
export interface Verdict {
  readonly root: string;
  readonly origin: 'proved' | 'unproved';
  readonly figures: number;
  readonly faults: readonly string[];
}

/** Where a release should come from; without either its origin stays unproved. */
export interface Origin {
  readonly root?: string | undefined;
  readonly key?: string | undefined;
}

/** More than these of one file are counted, not told. */
const MOST_TOLD = 20;

/** Checks a release with nothing but its bytes: hashes, origin, and every figure to 1e-9 from its raw judgements. */
export async function verifyRelease(bytes: Buffer, origin: Origin): Promise<Verdict> {
  let files: Files;
  try {
    files = await unpackFiles(bytes);
  } catch (error) {
    return {
      ...{ root: sha256(''), origin: 'unproved', figures: 0 },
      faults: [`archive: it can’t be read: ${sentence(error)}`],
    };
  }
  const root = sha256(files.get(HASHES) ?? '');
  const faults = [...hashFaults(files), ...originFaults(files, root, origin)];
  const rows = readRows(files, faults);
  const figures = rows === undefined ? 0 : compareFigures(files, rows, faults);
  const asked = origin.root !== undefined || origin.key !== undefined;
  return { root, origin: asked && faults.length === 0 ? 'proved' : 'unproved', figures, faults };
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function hashFaults(files: Files): string[] {
  const given = files.get(HASHES);
  if (given === undefined) return [`${HASHES}: it is missing`];
  const listed = new Map(
    given
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  const own = new Map(
    hashList(files)
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  const faults = [
    ...[...own].flatMap(([name, hash]) => {
      const expected = listed.get(name);
      if (expected === undefined) return [`${name}: it is not listed in ${HASHES}`];
      return expected === hash ? [] : [`${name}: its hash is ${hash}; ${HASHES} says ${expected}`];
    }),
    ...[...listed.keys()].filter((name) => !own.has(name)).map((name) => `${name}: it is missing`),
  ];
  if (faults.length === 0 && !hashList(files).equals(given))
    faults.push(`${HASHES}: it is not written as a release writes it`);
  return faults;
}

function originFaults(files: Files, root: string, origin: Origin): string[] {
  const faults: string[] = [];
  if (origin.root !== undefined && origin.root.toLowerCase() !== root)
    faults.push(`root: it is ${root}; expected ${origin.root}`);
  const signature = files.get(SIGNATURE);
  const enclosed = files.get(PUBLIC_KEY);
  if (signature === undefined) return [...faults, `${SIGNATURE}: it is missing`];
  for (const [pem, whose] of [
    [enclosed?.toString('utf8'), PUBLIC_KEY],
    [origin.key, 'the key given'],
  ] as const) {
    if (pem === undefined) {
      if (whose === PUBLIC_KEY) faults.push(`${PUBLIC_KEY}: it is missing`);
      continue;
    }
    try {
      if (!isSignedBy(root, signature, createPublicKey(pem)))
        faults.push(`${SIGNATURE}: it is not that of ${whose} over this root hash`);
    } catch (error) {
      faults.push(`${whose}: it can’t be read: ${sentence(error)}`);
    }
  }
  return faults;
}

/** A file's lines as JSON; what can't be read is told by its line. */
function linesOf(name: string, files: Files, faults: string[]): unknown[] {
  const bytes = files.get(name);
  if (bytes === undefined) {
    if (!faults.some((fault) => fault.startsWith(`${name}:`))) faults.push(`${name}: it is missing`);
    return [];
  }
  return bytes
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap((line, index) => {
      try {
        return [JSON.parse(line) as unknown];
      } catch {
        faults.push(`${name}:${index + 1}: it is no JSON`);
        return [];
      }
    });
}

/** What no two rows of a file share; only documents have versions beside ids. */
const keySchema = z.object({ id: z.string().optional(), version: z.int().optional() });

function readRows(files: Files, faults: string[]): ReleaseRows | undefined {
  const before = faults.length;
  const [description] = linesOf(DESCRIPTION, files, faults);
  if (!descriptionSchema.safeParse(description).success)
    faults.push(`${DESCRIPTION}: it does not describe a release as this version reads it`);
  const read: Record<string, unknown> = {};
  for (const file of ROW_FILES) {
    const name = `data/${file}.jsonl`;
    const known = faults.length;
    const lines = linesOf(name, files, faults);
    const schema: z.ZodType = rowSchemas[file];
    const ids = new Set<string>();
    for (const [index, line] of lines.entries()) {
      const parsed = schema.safeParse(line);
      if (!parsed.success)
        faults.push(`${name}:${index + 1}: ${parsed.error.issues[0]?.message ?? 'malformed'}`);
      const { id, version } = keySchema.catch({}).parse(line);
      const key = `${String(id)} ${String(version)}`;
      if (id !== undefined && ids.has(key)) faults.push(`${name}:${index + 1}: its id is there twice`);
      ids.add(key);
      if (faults.length - known >= MOST_TOLD) break;
    }
    read[file] = lines;
  }
  const unreadable = faults.slice(before).some((fault) => /^(?:data|release)/u.test(fault));
  // Every line was parsed by its schema above, and none of these changes what it reads.
  return unreadable || ROW_FILES.some((file) => !files.has(`data/${file}.jsonl`))
    ? undefined
    : (read as ReleaseRows);
}

function compareFigures(files: Files, rows: ReleaseRows, faults: string[]): number {
  let recomputed: ReturnType<typeof figuresOf>;
  try {
    recomputed = figuresOf(rows);
  } catch (error) {
    faults.push(`figures: they can’t be recomputed: ${sentence(error)}`);
    return 0;
  }
  let compared = 0;
  for (const [file, own] of Object.entries(recomputed)) {
    const name = `figures/${file}.jsonl`;
    const given = linesOf(name, files, faults);
    const found = differences(given, JSON.parse(JSON.stringify(own)) as unknown[]);
    compared += own.length;
    for (const { path, one, other } of found.slice(0, MOST_TOLD))
      faults.push(`${name}${path}: it is ${one}; recomputed ${other}`);
    if (found.length > MOST_TOLD) faults.push(`${name}: ${found.length - MOST_TOLD} more differ`);
  }
  return compared;
}
