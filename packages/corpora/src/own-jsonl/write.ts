import type { WritableDocument, Written } from '../export.ts';
import type { OwnLine } from './format.ts';
import { VERSION } from './format.ts';

/** Writes one document as a line of our own JSONL, which holds everything. */
export function writeOwnJsonl({ key, name, content, answers }: WritableDocument): Written {
  const line: OwnLine = {
    casebook: VERSION,
    key,
    name: name ?? key,
    content,
    ...(answers === undefined ? {} : { answers }),
  };
  return { text: `${JSON.stringify(line)}\n`, lost: [] };
}
