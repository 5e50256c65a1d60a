import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect-format.ts';

const head = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('telling a format by name and first bytes', () => {
  it.each([
    ['a.conll', '#begin document (d); part 000\na -\n', { kind: 'documents', format: 'conll-2012' }],
    ['a.key', '# begin document d\n0\ta\t_\n', { kind: 'documents', format: 'conll-2012' }],
    ['a.txt', 'd\t0\t0\tAsh\t(0)\nd\t0\t1\tran\t-\n', { kind: 'documents', format: 'conll-2012' }],
    [
      'a.conll',
      '# newdoc id = d\n# sent_id = 1\n1\tAsh\t_\t_\t_\t_\t0\t_\t_\tEntity=(e1-x-1-)\n',
      { kind: 'documents', format: 'conll-u' },
    ],
    ['a.csv', 'word1,word2\na,b\n', { kind: 'pairs' }],
    ['a.csv', 'bank (river),shore (sea)\nbank (money),till (shop)\n', { kind: 'pairs' }],
    ['a.txt', 'moor\theath\t8.5\nfog\tmist\t9\n', { kind: 'pairs' }],
  ])('%s with %j', (name, text, detected) => {
    expect(detectFormat(name, head(text))).toEqual(detected);
  });

  it.each([
    ['pairs.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47]), 'the file is a PNG image'],
    [
      'tale.conll',
      new Uint8Array([0x50, 0x4b, 0x03, 0x04]),
      'the file is a ZIP archive or an office document',
    ],
    ['own.jsonl', head('  <!-- x --><html><body>'), 'the file is a web page'],
    ['tale.conll', head('a\0b'), 'the file holds NUL bytes: it is no text in UTF-8'],
    ['tale.conll', head(' \n'), 'the file is empty'],
  ])('refuses %s whatever its name says', (name, bytes, reason) => {
    expect(detectFormat(name, bytes)).toEqual({ kind: 'unknown', reason });
  });
});
