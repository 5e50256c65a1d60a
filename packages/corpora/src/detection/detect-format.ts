import type { StreamFormat } from './formats.ts';
import { looksLikePairs, SIGNS } from './signs.ts';
import { refusedContent } from './refused-content.ts';

/** What a file is, by its name and its first bytes. */
export type Detected =
  { kind: 'documents'; format: StreamFormat } | { kind: 'pairs' } | { kind: 'unknown'; reason: string };

/** How many bytes of a file are worth looking at. */
export const HEAD_BYTES = 65_536;

const TABLES = new Set(['csv', 'tsv', 'tab']);
const BY_EXTENSION: Readonly<Record<string, StreamFormat>> = {
  conllu: 'conll-u',
  conll: 'conll-2012',
  sacr: 'sacr',
  md: 'markdown',
  markdown: 'markdown',
  txt: 'plain-text',
  text: 'plain-text',
};

/**
 * Tells a file's format from its name and its head (at most {@link HEAD_BYTES}). The content decides; the
 * extension breaks ties. Files that are no text (images, archives, office documents) and web pages are `unknown`
 * whatever their name says.
 */
export function detectFormat(fileName: string, head: Uint8Array): Detected {
  const refused = refusedContent(head);
  if (refused !== null) return { kind: 'unknown', reason: refused };
  const lines = filledLines(head);
  if (lines.length === 0) return { kind: 'unknown', reason: 'the file is empty' };
  const extension = /\.([a-z0-9]+)$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const isTable = TABLES.has(extension);
  const format = BY_EXTENSION[extension];
  const isNamed = isTable || (format !== undefined && format !== 'plain-text');
  const sign = SIGNS.find(({ guess, isIn }) => !(isNamed && guess === true) && isIn(lines));
  if (sign !== undefined) return { kind: 'documents', format: sign.format };
  if (isTable) return { kind: 'pairs' };
  if (extension === 'ann')
    return { kind: 'unknown', reason: 'the file is an annotation of brat; it needs its text beside it' };
  if (format !== undefined && format !== 'plain-text') return { kind: 'documents', format };
  if (looksLikePairs(lines)) return { kind: 'pairs' };
  if (format !== undefined) return { kind: 'documents', format };
  return { kind: 'unknown', reason: 'neither its name nor its first lines tell a known format' };
}

function filledLines(head: Uint8Array): string[] {
  const text = new TextDecoder('utf-8').decode(head);
  const lines = text.split(/\r?\n/u);
  if (head.length >= HEAD_BYTES && lines.length > 1) lines.pop();
  return lines.filter((line) => line.trim() !== '');
}
