import type { Line } from './lines.ts';
import { SourceFault } from './fault.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws SourceFault where the line is no JSON object, or holds lone surrogates or NUL in any string. */
export function objectOf(line: Extract<Line, { kind: 'line' }>): JsonObject {
  const place = { line: line.number, column: 1 };
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch (error) {
    const at = /position (\d+)/u.exec(error instanceof Error ? error.message : '')?.[1];
    const column = at === undefined ? 1 : Array.from(line.text.slice(0, Number(at))).length + 1;
    throw new SourceFault({ line: line.number, column }, 'the line is no JSON', 'one JSON object a line');
  }
  if (!isObject(value))
    throw new SourceFault(place, 'the line is JSON, but no object', 'one JSON object a line');
  if (/\\u(?:d[89a-f][0-9a-f]{2}|0000)/iu.test(line.text)) refuseBadCharacters(value, place);
  return value;
}

function refuseBadCharacters(root: unknown, place: { line: number; column: number }): void {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') {
      if (!value.isWellFormed() || value.includes('\0')) {
        throw new SourceFault(place, 'a string holds a lone surrogate or NUL', 'text of whole characters');
      }
    } else if (Array.isArray(value)) {
      for (const item of value as unknown[]) waiting.push(item);
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) waiting.push(key, item);
    }
  }
}
