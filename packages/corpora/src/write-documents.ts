import { writeConll2012 } from './conll-2012/write.ts';
import { writeConllU } from './conll-u/write.ts';
import type { StreamFormat } from './detection/formats.ts';
import { writeE2eJsonl } from './e2e-jsonl/write.ts';
import { counted, type WritableDocument, type Written } from './export.ts';
import { GAP_HEADER, writeGap } from './gap/write.ts';
import { writeMarkdown } from './markdown/write.ts';
import { MAS_XML_HEAD, MAS_XML_TAIL, writeMasXml } from './mas-xml/write.ts';
import { writeOwnJsonl } from './own-jsonl/write.ts';
import { writePlainText } from './plain-text/write.ts';
import { writeSacr } from './sacr/write.ts';

/** The formats that are written as one file; SACR, plain text and Markdown hold one document a file. */
export const WRITTEN_FORMATS = [
  'conll-2012',
  'conll-u',
  'e2e-jsonl',
  'casebook-jsonl',
  'gap',
  'sacr',
  'mas-xml',
  'plain-text',
  'markdown',
] as const satisfies readonly StreamFormat[];
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

const WRITERS: Readonly<Record<WrittenFormat, (document: WritableDocument) => Written>> = {
  'conll-2012': writeConll2012,
  'conll-u': writeConllU,
  'e2e-jsonl': writeE2eJsonl,
  'casebook-jsonl': writeOwnJsonl,
  gap: writeGap,
  sacr: writeSacr,
  'mas-xml': writeMasXml,
  'plain-text': writePlainText,
  markdown: writeMarkdown,
};

/** Formats that can hold the answers of single coders. */
const HOLDS_ANSWERS: ReadonlySet<WrittenFormat> = new Set(['casebook-jsonl', 'mas-xml']);

/** What {@link writeDocuments} yields: pieces of the file, and what was lost of each document. */
export type WriteEvent = { kind: 'text'; text: string } | { kind: 'lost'; key: string; lost: string[] };

/** Writes one document in a format; see that format's writer. Formats with a frame around their documents get none. */
export function writeDocument(format: WrittenFormat, document: WritableDocument): Written {
  const { text, lost } = WRITERS[format](document);
  const { mentions } = document.content;
  const answers = HOLDS_ANSWERS.has(format) ? 0 : (document.answers?.length ?? 0);
  const origins =
    format === 'casebook-jsonl' ? 0 : mentions.filter(({ origin }) => origin !== undefined).length;
  return {
    text,
    lost: [
      ...lost,
      ...counted(
        origins,
        'mention does not say who or what proposed it',
        'mentions do not say who or what proposed them',
      ),
      ...counted(answers, 'answer of a coder is left out', 'answers of coders are left out'),
    ],
  };
}

/** Writes a stream of documents as one file, one document at a time, with what the format puts before and behind them. */
export async function* writeDocuments(
  format: WrittenFormat,
  documents: Iterable<WritableDocument> | AsyncIterable<WritableDocument>,
): AsyncGenerator<WriteEvent> {
  if (format === 'gap') yield { kind: 'text', text: GAP_HEADER };
  if (format === 'mas-xml') yield { kind: 'text', text: MAS_XML_HEAD };
  for await (const document of documents) {
    const { text, lost } = writeDocument(format, document);
    yield { kind: 'text', text };
    if (lost.length > 0) yield { kind: 'lost', key: document.key, lost };
  }
  if (format === 'mas-xml') yield { kind: 'text', text: MAS_XML_TAIL };
}
