import type { DocumentFormat } from './formats.ts';
import { refusedContent } from './refused-content.ts';

/** What a file is, by its name and its first bytes. */
export type Detected =
  { kind: 'documents'; format: DocumentFormat } | { kind: 'pairs' } | { kind: 'unknown'; reason: string };

/** How many bytes of a file are worth looking at. */
export const HEAD_BYTES = 65_536;

const TABLE_EXTENSIONS = new Set(['csv', 'tsv', 'tab']);

/**
 * Tells a file's format from its name and its head (at most {@link HEAD_BYTES}). The content decides; the
 * extension breaks ties. Files that are no text (images, archives, office documents) and web pages are `unknown`
 * whatever their name says.
 */
export function detectFormat(fileName: string, head: Uint8Array): Detected {
  const refused = refusedContent(head);
  if (refused !== null) return { kind: 'unknown', reason: refused };
  const lines = headLines(head);
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length === 0) return { kind: 'unknown', reason: 'the file is empty' };
  const extension = /\.([a-z0-9]+)$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (looksLikeConllU(filled)) return { kind: 'documents', format: 'conll-u' };
  if (looksLikeConll2012(filled)) return { kind: 'documents', format: 'conll-2012' };
  if (extension === 'conllu') return { kind: 'documents', format: 'conll-u' };
  if (extension === 'conll') return { kind: 'documents', format: 'conll-2012' };
  if (TABLE_EXTENSIONS.has(extension) || looksLikePairs(filled)) return { kind: 'pairs' };
  return { kind: 'unknown', reason: 'neither its name nor its first lines tell a known format' };
}

function headLines(head: Uint8Array): string[] {
  const text = new TextDecoder('utf-8').decode(head);
  const lines = text.split(/\r?\n/u);
  if (head.length >= HEAD_BYTES && lines.length > 1) lines.pop();
  return lines;
}

function looksLikeConllU(lines: readonly string[]): boolean {
  const rows = lines.filter((line) => !line.startsWith('#')).slice(0, 20);
  const comments = lines.filter((line) => line.startsWith('#')).slice(0, 200);
  const tenColumns =
    rows.length > 0 && rows.every((row) => /^\d+(?:[-.]\d+)?\t/u.test(row) && row.split('\t').length === 10);
  return (
    tenColumns &&
    (comments.some((line) => /^# ?(?:newdoc|global\.|sent_id|text\b)/u.test(line)) ||
      rows.some((row) => /(?:^|[\t|])Entity=/u.test(row)) ||
      comments.length === 0)
  );
}

function looksLikeConll2012(lines: readonly string[]): boolean {
  if (lines.some((line) => /^#\s?begin document\b/u.test(line))) return true;
  const rows = lines.filter((line) => !line.startsWith('#')).slice(0, 200);
  const cells = rows.map((row) => row.split(/[\t ]+/u));
  if (rows.length === 0 || !cells.every((row) => row.length >= 2)) return false;
  const last = rows.map((row) => row.slice(Math.max(row.lastIndexOf('\t'), row.lastIndexOf(' ')) + 1));
  return (
    last.every((cell) => cell === '' || /^[-_*]$|[()]/u.test(cell)) &&
    last.some((cell) => /^(?:\([^()|]+\)?|[^()|]+\))/u.test(cell))
  );
}

function looksLikePairs(lines: readonly string[]): boolean {
  const rows = lines.slice(0, 50);
  return [/\t/u, /[,;]/u, / +/u].some((separator) => {
    const counts = rows.map((row) => row.trim().split(separator).length);
    const [first] = counts;
    if (first === undefined || first < 2) return false;
    if (!counts.every((count) => count === first)) return false;
    return first === 2
      ? rows.length > 1
      : rows.slice(1).some((row) => /[\t,; ]-?\d+(?:[.,]\d+)?\s*(?:$|[\t,; ])/u.test(row));
  });
}
