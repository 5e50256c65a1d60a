import type { DocumentContent } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { detectFormat } from './detection/detect-format.ts';
import type { WritableDocument } from './export.ts';
import { collected, reading } from './testing/streams.ts';
import { denseText } from './testing/text-spans.ts';
import type { WrittenFormat } from './write-documents.ts';
import { writeDocument, writeDocuments, WRITTEN_FORMATS } from './write-documents.ts';

const content: DocumentContent = {
  tokens: [
    { text: 'Ada' },
    { text: 'met' },
    { text: 'Eve', spaceAfter: false },
    { text: '.' },
    { text: 'She' },
    { text: 'smiled' },
    { text: '😀', spaceAfter: false },
    { text: '.' },
  ],
  sentences: [
    [0, 4],
    [4, 8],
  ],
  paragraphs: [[0, 8]],
  mentions: [
    { id: 'm1', ranges: [[0, 1]], attributes: { role: 'A' } },
    { id: 'm2', ranges: [[2, 3]], attributes: { role: 'B' } },
    { id: 'm3', ranges: [[4, 5]], attributes: { role: 'Pronoun' } },
  ],
  chains: [
    { id: 'A', mentions: ['m1'] },
    { id: 'B', mentions: ['m2', 'm3'] },
  ],
};
const document: WritableDocument = {
  key: 'case',
  content,
  answers: [{ coder: 'ada', mention: 'm1', answer: { kind: 'new' } }],
};

const EXTENSIONS: Readonly<Record<WrittenFormat, string>> = {
  'conll-2012': 'conll',
  'conll-u': 'conllu',
  'e2e-jsonl': 'jsonl',
  'casebook-jsonl': 'jsonl',
  gap: 'tsv',
  sacr: 'sacr',
  'mas-xml': 'xml',
  'plain-text': 'txt',
  markdown: 'md',
};

async function fileOf(
  format: WrittenFormat,
  documents: readonly WritableDocument[],
): Promise<{ text: string; lost: Record<string, string[]> }> {
  const events = await collected(writeDocuments(format, documents));
  return {
    text: events.map((event) => (event.kind === 'text' ? event.text : '')).join(''),
    lost: Object.fromEntries(
      events.flatMap((event) => (event.kind === 'lost' ? [[event.key, event.lost]] : [])),
    ),
  };
}

describe('writing documents', () => {
  it.each(WRITTEN_FORMATS)(
    '%s is recognised as what it is, and holds the same text and number of chains or says not',
    async (format) => {
      const { text, lost } = await fileOf(format, [document]);
      const fileName = `case.${EXTENSIONS[format]}`;
      expect(detectFormat(fileName, new TextEncoder().encode(text))).toEqual({ kind: 'documents', format });
      const { documents, refusals } = await reading(text, { fileName });
      expect(refusals).toEqual([]);
      expect(documents.map((read) => [read.key, denseText(read.content)])).toEqual([
        ['case', denseText(content)],
      ]);
      const [read] = documents;
      if (read?.content.chains.length !== content.chains.length)
        expect(lost['case']).toContain('2 chains are left out');
      if (read?.answers?.length !== 1) expect(lost['case']?.at(-1)).toBe('1 answer of a coder is left out');
    },
  );

  it.each(['conll-2012', 'conll-u', 'e2e-jsonl', 'casebook-jsonl', 'gap', 'mas-xml'] as const)(
    '%s holds several documents',
    async (format) => {
      const { text } = await fileOf(format, [document, { ...document, key: 'second' }]);
      const { documents } = await reading(text, { fileName: `cases.${EXTENSIONS[format]}` });
      expect(documents.map(({ key }) => key)).toEqual(['case', 'second']);
    },
  );

  it('loses nothing of a document in our own format', () => {
    expect(writeDocument('casebook-jsonl', document).lost).toEqual([]);
  });
});
