import { canonicalJson } from '../imports/canonical-json.ts';
import { unpackFiles } from './archive.ts';

/** How one file differs between two releases. */
export interface FileDifference {
  readonly file: string;
  /** Lines that only one of them has, as they are written; equal lines in another order do not differ. */
  readonly onlyInA: readonly string[];
  readonly onlyInB: readonly string[];
}

/** What differs between two releases, file by file; signatures and hashes, which follow from the rest, are left out. */
export async function compareReleases(a: Buffer, b: Buffer): Promise<FileDifference[]> {
  const one = await unpackFiles(a);
  const other = await unpackFiles(b);
  const names = [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => /\.jsonl?$/u.test(name))
    .sort();
  return names.flatMap((file) => {
    const inA = linesOf(one.get(file));
    const inB = linesOf(other.get(file));
    const onlyInA = without(inA, inB);
    const onlyInB = without(inB, inA);
    return onlyInA.length + onlyInB.length === 0 ? [] : [{ file, onlyInA, onlyInB }];
  });
}

const linesOf = (bytes: Buffer | undefined): string[] =>
  (bytes?.toString('utf8') ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => canonicalJson(JSON.parse(line)));

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
}
