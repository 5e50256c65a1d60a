import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../usage.ts';
import { run } from './convert.ts';

/** Two documents; in the second, two mentions of one chain cross. */
const E2E = [
  {
    doc_key: 'first',
    sentences: [
      ['Ada', 'met', 'Eve', '.'],
      ['She', 'left', '.'],
    ],
    clusters: [
      [
        [0, 0],
        [4, 4],
      ],
    ],
  },
  {
    doc_key: 'second',
    sentences: [['a', 'b', 'c']],
    clusters: [
      [
        [0, 1],
        [1, 2],
      ],
    ],
  },
]
  .map((document) => `${JSON.stringify(document)}\n`)
  .join('');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-convert-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const inFolder = (name: string): string => join(folder, name);

function file(name: string, content: string): string {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
}

async function convert(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await run(args, { stdin: Readable.from([Buffer.from(E2E)]), stdout, stderr });
  stdout.end();
  stderr.end();
  expect(code).toBe(0);
  return { stdout: await text(stdout), stderr: await text(stderr) };
}

const shown = (name: string): string => readFileSync(inFolder(name), 'utf8');

describe('documents', () => {
  test('go through CoNLL-U and casebook’s own format and come back as they were', async () => {
    const source = file('in.jsonlines', E2E);
    await convert(source, inFolder('own.jsonl'));
    await convert(inFolder('own.jsonl'), inFolder('text.conllu'));
    await convert(inFolder('text.conllu'), inFolder('back.jsonlines'));
    const clusters = shown('back.jsonlines')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { clusters: unknown }).clusters);
    expect(clusters[0]).toEqual([
      [
        [0, 0],
        [4, 4],
      ],
    ]);
    expect(readdirSync(folder).sort()).toEqual([
      'back.jsonlines',
      'in.jsonlines',
      'own.jsonl',
      'text.conllu',
    ]);
  });

  test('what OUT can’t hold is listed, on stderr or as JSON', async () => {
    const { stdout, stderr } = await convert('-', inFolder('out.conll'));
    expect(stdout).toBe(`2 documents, e2e-jsonl → conll-2012: ${inFolder('out.conll')}\n`);
    expect(stderr).toMatch(/^second: lost in conll-2012: /mu);
    const { stdout: json } = await convert('-', inFolder('again.conll'), '--json');
    expect(JSON.parse(json)).toMatchObject({
      from: 'e2e-jsonl',
      to: 'conll-2012',
      documents: 2,
      files: [inFolder('again.conll')],
      lost: [{ document: 'second', lost: [expect.stringContaining('cross') as string] }],
    });
  });

  test('stdout takes a document too', async () => {
    const { stdout } = await convert('-', '-', '--from', 'e2e-jsonl', '--to', 'conll-2012');
    expect(stdout).toContain('#begin document (first)');
  });

  test('formats of one document want a folder for several', async () => {
    await expect(convert('-', inFolder('out.sacr'))).rejects.toThrow('expected a folder as OUT');
    expect(readdirSync(folder)).toEqual([]);
    await convert('-', folder, '--to', 'sacr');
    expect(readdirSync(folder).sort()).toEqual(['first.sacr', 'second.sacr']);
    await convert('-', folder, '--to', 'brat');
    expect(readdirSync(folder)).toContain('second.ann');
  });

  test('brat is read from its two files', async () => {
    file('case.txt', 'Ada met Eve.\nShe left.\n');
    const annotations = file('case.ann', 'T1\tPER 0 3\tAda\nT2\tPER 13 16\tShe\n*\tCoref T1 T2\n');
    await convert(annotations, inFolder('case.jsonlines'));
    expect(JSON.parse(shown('case.jsonlines'))).toMatchObject({ doc_key: 'case' });
    await convert(annotations, inFolder('copy.ann'));
    expect(shown('copy.txt')).toContain('Ada met Eve.');
    rmSync(inFolder('case.txt'));
    await expect(convert(annotations, inFolder('x.conllu'))).rejects.toThrow(
      'case.txt: there is no such file',
    );
  });
});

test('word pairs go from tabs to commas', async () => {
  const source = file('pairs.txt', 'word1\tword2\tgold\nsun\tmoon\t7.5\ntea\tcup\t3\n');
  const { stdout } = await convert(source, inFolder('pairs.csv'));
  expect(stdout).toContain('2 pairs, word-pairs → csv');
  expect(shown('pairs.csv')).toBe('word1,word2,gold\r\nsun,moon,7.5\r\ntea,cup,3\r\n');
  await expect(convert(source, inFolder('x.conllu'), '--from', 'word-pairs')).rejects.toThrow(
    'expected --to csv or tsv',
  );
});

describe('nothing half-written', () => {
  test('a file that is refused leaves OUT as it was', async () => {
    const source = file(
      'in.jsonlines',
      `${E2E}{"doc_key":"third","sentences":[["a"]],"clusters":[[[0,9]]]}\n`,
    );
    const target = file('out.conllu', 'kept\n');
    await expect(convert(source, target)).rejects.toThrow(`${source}:3:`);
    expect(shown('out.conllu')).toBe('kept\n');
    expect(readdirSync(folder).sort()).toEqual(['in.jsonlines', 'out.conllu']);
  });

  test('OUT may be IN', async () => {
    const source = file('in.conll', '#begin document (d);\nd 0 0 Ada (1)\nd 0 1 she (1)\n\n#end document\n');
    await convert(source, source, '--to', 'conll-u');
    expect(shown('in.conll')).toContain('# newdoc id = ');
  });
});

test.each([
  [['in'], 'there are 1 files; expected IN and OUT'],
  [['-', 'out.bin'], 'out.bin does not tell its format; expected --to conll-2012'],
  [['-', '-', '--to', 'conll-u', '--json'], 'only one of the two can go to stdout'],
  [['-', 'x.conll', '--from', 'word'], '--from is word; expected conll-2012'],
  [['nowhere.conll', 'out.conllu'], "nowhere.conll: the file can't be read (ENOENT)"],
  [['-', '-', '--to', 'csv', '--from', 'e2e-jsonl'], '--to csv is for word pairs'],
  [['-', join('nowhere', 'out.conllu')], "the file can't be written (ENOENT)"],
])('%j is refused', async (args, message) => {
  mkdirSync(inFolder('work'));
  await expect(convert(...args)).rejects.toThrow(UsageError);
  await expect(convert(...args)).rejects.toThrow(message);
});
