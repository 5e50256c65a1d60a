import { createReadStream } from 'node:fs';
import { type Terminal, UsageError } from '../usage.ts';

const PIECE_BYTES = 1 << 20;
const NEWLINE = 10;

export function nameOf(path: string): string {
  return path === '-' ? 'stdin' : path;
}

/** The text of a file, or of stdin for `-`, piece by piece. */
export async function* textPieces(path: string, { stdin }: Terminal): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decoded = (bytes: Buffer, stream: boolean): string => {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      const before = new TextDecoder().decode(bytes).split('\uFFFD')[0] ?? '';
      const at = line + before.split('\n').length - 1;
      throw new UsageError(`${nameOf(path)}:${at}:1: the line is not UTF-8; expected text in UTF-8`);
    }
  };
  const source = path === '-' ? stdin : createReadStream(path, { highWaterMark: PIECE_BYTES });
  try {
    for await (const chunk of source) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      yield decoded(bytes, true);
      for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) line += 1;
    }
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(
      `${path}: the file can't be read (${String(error.code)}); expected a file or - for stdin`,
    );
  }
  yield decoded(Buffer.alloc(0), false);
}

/** The whole of a file, or of stdin for `-`, as text. */
export async function readText(path: string, terminal: Terminal): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of textPieces(path, terminal)) pieces.push(piece);
  return pieces.join('');
}
