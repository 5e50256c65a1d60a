import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { StreamFormat } from './detection/formats.ts';
import { STREAM_FORMATS } from './detection/formats.ts';
import { readDocuments } from './read-documents.ts';
import { readWordPairs } from './read-word-pairs.ts';
import { collected, reading, streamOf } from './testing/streams.ts';
import type { WritableDocument } from './export.ts';
import type { WrittenFormat } from './write-documents.ts';
import { writeDocuments } from './write-documents.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

const documentOf = (key: string): WritableDocument => ({
  key,
  content: {
    tokens: [{ text: 'Ada' }, { text: 'saw' }, { text: 'Eve' }, { text: 'X' }],
    sentences: [[0, 4]],
    paragraphs: [[0, 4]],
    mentions: [
      { id: 'm1', ranges: [[0, 1]] },
      { id: 'm2', ranges: [[2, 3]] },
    ],
    chains: [
      { id: '0', mentions: ['m1'] },
      { id: '1', mentions: ['m2'] },
    ],
  },
});

async function fileOf(format: WrittenFormat, keys: readonly string[]): Promise<string> {
  const events = await collected(writeDocuments(format, keys.map(documentOf)));
  return events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
}

describe('reading documents', () => {
  it.each(['conll-2012', 'conll-u', 'e2e-jsonl', 'casebook-jsonl'] as const)(
    'loses one bad document of %s among many, by its line, and nothing else',
    async (format) => {
      const keys = Array.from({ length: 20 }, (_, index) => `case-${index}`);
      const text = await fileOf(format, keys);
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 19 }), async (victim) => {
          const at = text.indexOf('X', text.indexOf(`case-${victim}`));
          const bytes = new TextEncoder().encode(text);
          bytes[at] = 0xff;
          const { documents, refusals } = await reading(bytes, { fileName: `cases.${format}` });
          expect(documents.map(({ key }) => key)).toEqual(keys.filter((_, index) => index !== victim));
          const line = text.slice(0, at).split('\n').length;
          expect(refusals).toMatchObject([
            { file: `cases.${format}`, line, reason: 'the bytes from 0xFF on are not UTF-8' },
          ]);
        }),
        { numRuns: 20 },
      );
    },
  );

  it.each(STREAM_FORMATS)(
    'never throws for bad input as %s, but says what is wrong or reads it',
    async (format: StreamFormat) => {
      const hostile = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc
          .array(
            fc.constantFrom(
              '\n',
              '\t',
              ' ',
              '(',
              ')',
              '(1',
              '1)',
              '{',
              '}',
              '<a>',
              '</a>',
              '"',
              ',',
              '|',
              '#begin document (d)',
              '# newdoc',
              '1',
              '_',
              '-',
              'Entity=(e1-',
              'e1)',
              '{"casebook":1',
              '&',
              'word',
            ),
            { maxLength: 60 },
          )
          .map((pieces) => new TextEncoder().encode(pieces.join(''))),
      );
      await fc.assert(
        fc.asyncProperty(hostile, async (bytes) => {
          const { events } = await reading(bytes, { fileName: 'x', format });
          expect(events[0]?.kind).toBe('understood');
          expect(
            events.every(
              (event) =>
                event.kind !== 'refused' ||
                (event.refusal.line >= 1 &&
                  event.refusal.column >= 1 &&
                  event.refusal.reason !== '' &&
                  event.refusal.expected !== ''),
            ),
          ).toBe(true);
        }),
        { numRuns: 150 },
      );
    },
  );

  it('never throws for bad input as a table', async () => {
    const pieces = fc.array(
      fc.constantFrom('word1', 'word2', ',', '\t', ';', '"', '\n', '\r\n', 'a', '1', '3,5', "'", '='),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const events = await collected(readWordPairs(streamOf(parts.join('')), { fileName: 'x.csv' }));
        expect(events.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('yields a document before the next was asked of the source', async () => {
    const text = await fileOf('conll-2012', ['one', 'two', 'three']);
    let asked = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      for (const line of text.split(/(?<=\n)/u)) {
        await Promise.resolve();
        asked += 1;
        yield new TextEncoder().encode(line);
      }
    }
    const seen: [string, number][] = [];
    const padding = '#'.repeat(70_000);
    async function* padded(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(`${padding}\n`);
      yield* source();
    }
    for await (const event of readDocuments(padded(), { fileName: 'x.conll', format: 'conll-2012' })) {
      if (event.kind === 'document') seen.push([event.document.key, asked]);
    }
    expect(seen).toEqual([
      ['one', 7],
      ['two', 14],
      ['three', 21],
    ]);
  });

  it(
    'reads half a gigabyte of documents, and one line of it, in bounded memory',
    { timeout: 120_000 },
    async () => {
      const document = await fileOf('conll-2012', ['case']);
      const junk = new Uint8Array(1 << 20).fill(0x61);
      async function* source(): AsyncGenerator<Uint8Array> {
        for (let index = 0; index < 50; index += 1) {
          await Promise.resolve();
          yield new TextEncoder().encode(document.replaceAll('case', `case-${index}`));
        }
        for (let index = 0; index < 500; index += 1) yield junk;
        yield new TextEncoder().encode(`\n${document.replaceAll('case', 'last')}`);
      }
      const before = process.memoryUsage().rss;
      let documents = 0;
      let refused = 0;
      let last = '';
      for await (const event of readDocuments(source(), { fileName: 'x.conll' })) {
        if (event.kind === 'document') {
          documents += 1;
          last = event.document.key;
        } else if (event.kind === 'refused') {
          refused += 1;
          expect(event.refusal.reason).toBe('the line is longer than 1048576 bytes');
        }
      }
      expect([documents, refused, last]).toEqual([51, 1, 'last']);
      expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    },
  );

  it('stops the source when its reader stops', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          await Promise.resolve();
          yield new TextEncoder().encode('a\t-\n\n#begin document (d); part 000\n');
        }
      } finally {
        closed = true;
      }
    }
    for await (const event of readDocuments(source(), { fileName: 'x.conll' }))
      if (event.kind !== 'understood') break;
    expect(closed).toBe(true);
  });

  it('passes on the failure of the source itself', async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield new TextEncoder().encode('a\t-\n');
      throw new Error('the connection broke');
    }
    await expect(collected(readDocuments(source(), { fileName: 'x.conll' }))).rejects.toThrow(
      'the connection broke',
    );
  });
});
