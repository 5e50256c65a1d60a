import { createReadStream } from 'node:fs';
import { type Terminal, UsageError } from '../usage.ts';

/** The whole of a file, or of stdin for `-`, as text. */
export async function readText(path: string, { stdin }: Terminal): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of path === '-' ? stdin : createReadStream(path)) {
      chunks.push(Buffer.from(chunk as Uint8Array));
    }
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${path}: the file can't be read (${why}); expected a file or - for stdin`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError(`${nameOf(path)}: the file is not UTF-8; expected text in UTF-8`);
  }
}

export function nameOf(path: string): string {
  return path === '-' ? 'stdin' : path;
}
