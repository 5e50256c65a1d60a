import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './coref-score.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coref-score-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A document of one-token mentions: `1 1 2 -` puts the first two in chain 1. */
function conll(name: string, chains: string): string {
  const rows = chains
    .split(' ')
    .map((chain, token) => `${name}\t0\t${token}\tw\t${chain === '-' ? '-' : `(${chain})`}`);
  return `#begin document (${name}); part 000\n${rows.join('\n')}\n\n#end document\n`;
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function score(args: string[], input = ''): Promise<{ out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run(args, { stdin: Readable.from([Buffer.from(input)]), stdout, stderr });
  stdout.end();
  stderr.end();
  expect(code).toBe(0);
  return { out: await text(stdout), err: await text(stderr) };
}

// Vilain et al. 1995: one link of three is missing.
test('prints one JSON document of fractions', async () => {
  const key = file('a.key', conll('d', '1 1 1 1'));
  const { out } = await score(['--key', key, '--response', '-', '--json'], conll('d', '1 1 2 2'));
  expect(JSON.parse(out)).toMatchObject({
    documents: 1,
    singletons: 'keep',
    mentions: { recall: 1, precision: 1, f1: 1 },
    muc: { recall: 2 / 3, precision: 1 },
    bcub: { recall: 0.5, precision: 1 },
    conll: { f1: expect.any(Number) as number },
  });
});

test('chosen measures, dropped singletons, documents apart', async () => {
  const key = file('b.key', conll('one', '1 1 2') + conll('two', '1 1 2'));
  const response = file('b.response', conll('one', '1 1 3') + conll('two', '1 2 2'));
  const { out } = await score([
    '--key',
    key,
    '--response',
    response,
    '--metric',
    'muc,lea',
    '--drop-singletons',
    '--per-document',
    '--average',
    'macro',
    '--json',
  ]);
  const report = JSON.parse(out) as Record<string, unknown>;
  expect(report).toMatchObject({ muc: { recall: 0.5 }, lea: { recall: 0.5 }, average: 'macro' });
  expect(report).not.toHaveProperty('blanc');
  expect(Object.keys(report['perDocument'] as object)).toHaveLength(2);
});

test('documents that only one side has are said, and those of the key count', async () => {
  const key = file('c.key', conll('one', '1 1') + conll('two', '1 1'));
  const response = file('c.response', conll('one', '1 1') + conll('three', '1 1'));
  const { out, err } = await score(['--key', key, '--response', response, '--json']);
  expect(JSON.parse(out)).toMatchObject({ documents: 2, muc: { recall: 0.5, precision: 1 } });
  expect(err).toContain('the response has no document two');
  expect(err).toContain('the key has no document three');
});

test('people get a table', async () => {
  const key = file('d.key', conll('d', '1 1 1 1'));
  const { out } = await score(['--key', key, '--response', key]);
  expect(out).toMatch(/^CEAF entities +1\.0000 +1\.0000 +1\.0000/mu);
  expect(out).toContain('CoNLL F1  1.0000');
});

describe('what is off is told with its place', () => {
  test('an unclosed bracket', async () => {
    const key = file('e.key', '#begin document (d); part 000\nd\t0\t0\tw\t(1\n\n#end document\n');
    await expect(score(['--key', key, '--response', key])).rejects.toThrow(/e\.key:2:9: .*never closed/u);
  });

  test.each([
    [['--key', 'x'], '--response is missing'],
    [['--key', '-', '--response', '-'], 'stdin is read once'],
    [['--key', 'a', '--response', 'b', '--metric', 'bleu'], '--metric is bleu; expected muc or bcub'],
    [['--key', 'a', '--response', 'b', '--keep-singletons', '--drop-singletons'], 'both kept and dropped'],
    [['--key', '/does/not/exist', '--response', 'b'], "/does/not/exist: the file can't be read (ENOENT)"],
  ])('%j', async (args, message) => {
    await expect(score(args)).rejects.toThrow(message);
  });

  test('head matching of mentions without heads', async () => {
    const key = file('f.key', conll('d', '1 1 -'));
    const response = file('f.response', conll('d', '1 - 1'));
    await expect(score(['--key', key, '--response', response, '--match', 'head'])).rejects.toThrow(
      'has no head',
    );
  });
});
