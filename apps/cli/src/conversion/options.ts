import { statSync } from 'node:fs';
import { extname } from 'node:path';
import {
  DOCUMENT_FORMATS,
  type DocumentFormat,
  WRITTEN_FORMATS,
  type WrittenFormat,
} from '@casebook/corpora';
import { oneOf, parsedWords } from '../arguments.ts';
import { UsageError } from '../usage.ts';

export const HELP = `casebook convert IN OUT [--from F] [--to F] [--json]

Reads a corpus in one format and writes it in another. IN may be - for stdin, OUT - for stdout. What
OUT can't hold is listed on stderr, document by document. Where something in IN is refused, or only one
document fits into OUT and IN has more, nothing is written: OUT comes into being whole or not at all.
  --from F   recognised by name and first bytes where left out; brat by a name that ends in .ann
             conll-2012 conll-u conll-ua e2e-jsonl casebook-jsonl gap sacr mas-xml plain-text markdown
             brat (IN is the .ann or the .txt, the other lies beside it)
             ezcoref (IN is the chunk's gold file; --annotations FILE brings the coders')
             word-pairs (a table of word pairs, with gold and ratings)
  --to F     told by OUT's name where left out (.conll .conllu .jsonl .jsonlines .sacr .xml .txt .md .ann
             .csv .tsv; of .jsonl casebook's own, of .jsonlines e2e-jsonl, of .csv and .tsv word pairs)
             conll-2012 conll-u e2e-jsonl casebook-jsonl gap mas-xml: any number of documents
             sacr plain-text markdown brat: one, or an existing folder as OUT, a file a document
             csv tsv: word pairs
  --language L   of running text, for sentences and tokens, as en or pt-BR
  --json     what was read, written and lost as one JSON document; OUT may not be - then
`;

type SourceFormat = DocumentFormat | 'word-pairs';
/** Formats that hold one document a file. */
export type SingleFormat = 'sacr' | 'plain-text' | 'markdown' | 'brat';
export type TargetFormat = WrittenFormat | 'brat' | 'csv' | 'tsv';

const SOURCE_FORMATS: readonly SourceFormat[] = [...DOCUMENT_FORMATS, 'word-pairs'];
const TARGET_FORMATS: readonly TargetFormat[] = [...WRITTEN_FORMATS, 'brat', 'csv', 'tsv'];

const BY_EXTENSION: Readonly<Record<string, TargetFormat>> = {
  '.conll': 'conll-2012',
  '.conllu': 'conll-u',
  '.jsonl': 'casebook-jsonl',
  '.jsonlines': 'e2e-jsonl',
  '.sacr': 'sacr',
  '.xml': 'mas-xml',
  '.txt': 'plain-text',
  '.md': 'markdown',
  '.ann': 'brat',
  '.csv': 'csv',
  '.tsv': 'tsv',
};

export interface ConvertCall {
  readonly source: string;
  /** Null where it is to be recognised. */
  readonly from: SourceFormat | null;
  readonly annotations: string | null;
  readonly language: string | null;
  readonly target: string;
  readonly isFolder: boolean;
  readonly to: TargetFormat;
  readonly json: boolean;
}

/** Reads the words after `casebook convert`; null asks for help. */
export function convertCall(args: readonly string[]): ConvertCall | null {
  const { values, positionals } = parsedWords(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    annotations: { type: 'string' },
    language: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) return null;
  const [source, target, ...others] = positionals;
  if (source === undefined || target === undefined || others.length > 0)
    throw new UsageError(`there are ${positionals.length} files; expected IN and OUT\n\n${HELP}`);
  if (target === '-' && values.json === true)
    throw new UsageError('OUT is - and --json is given; only one of the two can go to stdout');
  const from = values.from === undefined ? null : oneOf('--from', values.from, SOURCE_FORMATS);
  if (values.annotations !== undefined && from !== 'ezcoref')
    throw new UsageError('--annotations is for --from ezcoref');
  const to = values.to === undefined ? byName(target) : oneOf('--to', values.to, TARGET_FORMATS);
  if (to === 'brat' && target === '-') throw new UsageError('brat is two files; expected a name, not -');
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder && !isSingle(to))
    throw new UsageError(`${target} is a folder; expected a file, since ${to} holds all documents in one`);
  return {
    source,
    from: from ?? (source.endsWith('.ann') ? 'brat' : null),
    annotations: values.annotations ?? null,
    language: values.language ?? null,
    target,
    isFolder,
    to,
    json: values.json === true,
  };
}

function byName(target: string): TargetFormat {
  const format = BY_EXTENSION[extname(target).toLowerCase()];
  if (format === undefined)
    throw new UsageError(
      `${target === '-' ? 'stdout' : target} does not tell its format; expected --to ${TARGET_FORMATS.join(' or ')}`,
    );
  return format;
}

export function isSingle(format: TargetFormat): format is SingleFormat {
  return format === 'sacr' || format === 'plain-text' || format === 'markdown' || format === 'brat';
}
