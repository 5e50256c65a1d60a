import { type RatingTableRead, readRatingTable } from '@casebook/corpora';
import { type Terminal, UsageError } from '../usage.ts';
import { type InputFile, Source } from './source.ts';

/** A table of rated pairs, where it came from, and how it was understood. */
export type ReadTable = Exclude<RatingTableRead, { kind: 'refused' }> & { readonly input: InputFile };

/** Reads a table in either layout; the first bad row is refused with its place. */
export async function readPairTable(
  path: string,
  layout: 'wide' | 'long' | null,
  terminal: Terminal,
): Promise<ReadTable> {
  const source = new Source(path, terminal);
  const read = await readRatingTable(source.bytes(), {
    fileName: source.name,
    ...(layout === null ? {} : { layout }),
  });
  if (read.kind === 'refused') {
    const { file, line, column, reason, expected } = read.refusal;
    throw new UsageError(`${file}:${line}:${column}: ${reason}; expected ${expected}`);
  }
  return { ...read, input: source.input() };
}
