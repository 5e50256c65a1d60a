import type { StreamFormat } from './formats.ts';

/** What gives a format away in the first lines of a file; blank lines are left out. */
export interface Sign {
  format: StreamFormat;
  /** Only a guess by the look of the rows, which a telling file name outweighs. */
  guess?: true;
  isIn: (lines: readonly string[]) => boolean;
}

/** In the order in which they are asked: the surest first. */
export const SIGNS: readonly Sign[] = [
  {
    format: 'casebook-jsonl',
    isIn: ([first]) => /^\s*\{/u.test(first ?? '') && /"casebook"\s*:\s*\d/u.test(first ?? ''),
  },
  {
    format: 'e2e-jsonl',
    isIn: ([first]) =>
      /^\s*\{/u.test(first ?? '') && /"(?:doc_key|sentences|clusters|tokens)"\s*:/u.test(first ?? ''),
  },
  {
    format: 'mas-xml',
    isIn: (lines) =>
      /^\s*<(?:\?xml\b|[A-Za-z])/u.test(lines[0] ?? '') &&
      lines.some((line) => /<(?:W|ne|anchor|PDante|MAS[\w-]*)[\s>/]/u.test(line)),
  },
  {
    format: 'conll-ua',
    isIn: (lines) => lines.some((line) => /^#\s*global\.columns\s*=.*\bIDENTITY\b/u.test(line)),
  },
  {
    format: 'gap',
    isIn: ([first]) =>
      /(?:^|\t)Pronoun-offset(?:\t|$)/iu.test(first ?? '') && /(?:^|\t)A-offset(?:\t|$)/iu.test(first ?? ''),
  },
  { format: 'conll-u', isIn: isConllU },
  { format: 'conll-2012', isIn: (lines) => lines.some((line) => /^#\s?begin document\b/u.test(line)) },
  { format: 'conll-2012', guess: true, isIn: isBareConll2012 },
  {
    format: 'sacr',
    guess: true,
    isIn: (lines) =>
      lines.some((line) =>
        /^#(?:textid|textmetadata|TOKENIZATION-TYPE|COLOR):|\{[^\s:{}]+:[^\s=,{}"]+="/u.test(line),
      ),
  },
];

function isConllU(lines: readonly string[]): boolean {
  const comments = lines.filter((line) => line.startsWith('#'));
  const rows = lines.filter((line) => !line.startsWith('#')).slice(0, 20);
  if (
    rows.length === 0 ||
    !rows.every((row) => /^\d+(?:[-.]\d+)?\t/u.test(row) && row.split('\t').length === 10)
  )
    return false;
  return (
    comments.length === 0 ||
    comments.some((line) => /^#\s*(?:newdoc|newpar|global\.|sent_id|text)\b/u.test(line)) ||
    rows.some((row) => /(?:^|[\t|])Entity=/u.test(row))
  );
}

function isBareConll2012(lines: readonly string[]): boolean {
  const rows = lines.filter((line) => !line.startsWith('#')).slice(0, 200);
  if (rows.length === 0 || !rows.every((row) => /[\t ]/u.test(row.trimEnd()))) return false;
  const last = rows.map((row) => row.slice(Math.max(row.lastIndexOf('\t'), row.lastIndexOf(' ')) + 1));
  return (
    last.every((cell) => cell === '' || /^[-_*]$|^[^()]*[()]/u.test(cell)) &&
    last.some((cell) => /^(?:\([^()|]+\)?|[^()|]+\))/u.test(cell))
  );
}

/** Whether the lines fall into two columns or more, with a number in one of them where there are more. */
export function looksLikePairs(lines: readonly string[]): boolean {
  const rows = lines.slice(0, 50);
  return [/\t/u, /[,;]/u, / +/u].some((separator) => {
    const widths = new Set(rows.map((row) => row.trim().split(separator).length));
    const [width = 1] = widths;
    if (widths.size !== 1 || width < 2) return false;
    if (width === 2) return rows.length > 1;
    return rows.slice(1).some((row) => /[\t,; ]-?\d+(?:[.,]\d+)?\s*(?:$|[\t,; ])/u.test(row));
  });
}
