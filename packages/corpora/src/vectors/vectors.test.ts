import { existsSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { streamOf } from '../testing/streams.ts';
import { numberInBytes } from './number-bytes.ts';
import { readVectors, type VectorReadOptions, type WordVectors } from './read.ts';

const WANTED = new Set(['cat', 'dog', 'São', 'ice cream']);

async function read(
  content: string | Uint8Array,
  options: Partial<VectorReadOptions> = {},
  chunk = 7,
): Promise<WordVectors> {
  const result = await readVectors(streamOf(content, chunk), {
    fileName: 'v.txt',
    words: WANTED,
    ...options,
  });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.refusal));
  return result.vectors;
}

async function refused(content: string | Uint8Array): Promise<unknown> {
  const result = await readVectors(streamOf(content), { fileName: 'v.txt', words: WANTED });
  if (result.kind === 'read') throw new Error('it was read');
  return result.refusal;
}

/** word2vec's binary layout. */
function binary(entries: readonly (readonly [string, readonly number[]])[], newline = false): Uint8Array {
  const dimensions = entries[0]?.[1].length ?? 0;
  const parts = entries.flatMap(([word, numbers]) => [
    Buffer.from(`${word} `),
    Buffer.from(Float32Array.from(numbers).buffer),
    Buffer.from(newline ? '\n' : ''),
  ]);
  return Buffer.concat([Buffer.from(`${entries.length} ${dimensions}\n`), ...parts]);
}

const ENTRIES = [
  ['the', [9, 9, 9]],
  ['cat', [0.5, -1, 2]],
  ['São', [1, 0.25, -3e-3]],
  ['dog', [4, 5, 6]],
] as const;
const BODY = ENTRIES.map(([word, numbers]) => `${word} ${numbers.join(' ')}`).join('\n');
const FORMS: [string, string | Uint8Array][] = [
  ['word2vec-text', `4 3\n${BODY}\n`],
  ['word2vec-text', `4 3\r\n${BODY.replaceAll('\n', ' \r\n')} \r\n`],
  ['glove-text', BODY],
  ['word2vec-binary', binary(ENTRIES)],
  ['word2vec-binary', binary(ENTRIES, true)],
  ['json', JSON.stringify(Object.fromEntries(ENTRIES), null, 1)],
];

describe.each(FORMS)('%s', (format, content) => {
  test('keeps the wanted words only, however chunks are cut', async () => {
    for (const chunk of [1, 5, 4096]) {
      const vectors = await read(content, {}, chunk);
      expect(vectors).toMatchObject({
        format,
        words: ['cat', 'São', 'dog'],
        dimensions: 3,
        vocabulary: 4,
        repeated: 0,
        mean: null,
      });
      expect([...vectors.values]).toEqual([...Float32Array.from([0.5, -1, 2, 1, 0.25, -3e-3, 4, 5, 6])]);
    }
  });

  test('gzipped it is the same', async () => {
    expect(await read(gzipSync(content))).toEqual(await read(content));
  });

  test('the mean is over all words of the file', async () => {
    const { mean } = await read(content, { mean: true });
    expect(mean?.[0]).toBeCloseTo((9 + 0.5 + 1 + 4) / 4, 6);
    expect(mean?.[2]).toBeCloseTo((9 + 2 - 3e-3 + 6) / 4, 6);
  });
});

test('a word may hold spaces; the first of repeated words stands', async () => {
  const vectors = await read('2 2\ncat 1 2\nice cream 3 4\ncat 5 6\n');
  expect(vectors.words).toEqual(['cat', 'ice cream']);
  expect([...vectors.values]).toEqual([1, 2, 3, 4]);
  expect(vectors.repeated).toBe(1);
});

describe('refusals name the place', () => {
  test.each([
    ['the 1 2\ncat 1 x\n', { line: 2, column: 7, expected: 'a finite number' }],
    ['the 1 2\ncat 1\n', { line: 2, column: 1, expected: '2, as the others have' }],
    ['3 2\nthe 1 2\ncat 1 2\n', { line: 4, expected: '3 words, as the header says' }],
    ['{"cat": [1, 2],\n "dog": [1, x]}', { line: 2, column: 13, expected: 'a number' }],
    ['{"cat": [1, 2],\n "dog": [1]}', { line: 2, expected: '2, as the others have' }],
    ['{"cat": [1, 2]', { line: 1, column: 14, expected: ', or }' }],
    ['', { line: 1, column: 1, reason: 'the file is empty' }],
    ['just text\nwithout numbers\n', { reason: 'the file holds no word vectors' }],
    [binary(ENTRIES).subarray(0, 40), { reason: 'the file ends inside word 3' }],
    [gzipSync('cat 1 2\n').subarray(0, 15), { reason: 'the gzip stream is damaged or cut short' }],
  ])('%j', async (content, refusal) => {
    expect(await refused(content)).toMatchObject({ file: 'v.txt', ...refusal });
  });
});

test('numbers are read as Number reads them', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
      ),
      (value) => {
        for (const text of [String(value), value.toFixed(6), value.toExponential(4)]) {
          const bytes = new TextEncoder().encode(text);
          expect(numberInBytes(bytes, 0, bytes.length)).toBe(Number(text));
        }
      },
    ),
  );
  for (const text of ['', '-', '.', '1.2.3', 'nan', '0x10', '1e', '--1']) {
    const bytes = new TextEncoder().encode(text);
    expect(numberInBytes(bytes, 0, bytes.length)).toBeNaN();
  }
});

test('memory stays steady over a long file', async () => {
  async function* long(): AsyncGenerator<Uint8Array> {
    const row = new TextEncoder().encode(`word ${Array.from({ length: 300 }, () => '0.123456').join(' ')}\n`);
    const block = new Uint8Array(row.length * 40);
    for (let at = 0; at < 40; at++) block.set(row, at * row.length);
    for (let at = 0; at < 600; at++) {
      await Promise.resolve();
      yield block;
    }
  }
  const before = process.memoryUsage.rss();
  const result = await readVectors(long(), { fileName: 'v', words: WANTED });
  expect(result).toMatchObject({ kind: 'read', vectors: { vocabulary: 24_000, words: [] } });
  expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
});

const SHARED = fileURLToPath(
  new URL('../../../../../shared/data/similarity/vectors/glove-100d-subset.txt', import.meta.url),
);
test.skipIf(!existsSync(SHARED))(
  'a published subset of GloVe (skipped where ../shared is absent)',
  async () => {
    const result = await readVectors(createReadStream(SHARED), {
      fileName: 'glove',
      words: new Set(['car']),
    });
    if (result.kind === 'refused') throw new Error(result.refusal.reason);
    expect(result.vectors).toMatchObject({ words: ['car'], dimensions: 100, vocabulary: 6669 });
  },
);
