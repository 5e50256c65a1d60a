import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Line } from './lines.ts';
import { LineSplitter } from './lines.ts';
import { encodingFault } from './utf8.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

function linesOf(bytes: Uint8Array, chunk: number, maxBytes = 1000): Line[] {
  const splitter = new LineSplitter(maxBytes);
  const lines: Line[] = [];
  for (let at = 0; at < bytes.length; at += chunk)
    lines.push(...splitter.push(bytes.subarray(at, at + chunk)));
  lines.push(...splitter.end());
  return lines;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\0]/gu, ''))),
        fc.integer({ min: 1, max: 9 }),
        (texts, chunk) => {
          const lines = linesOf(utf8(texts.map((text) => `${text}\n`).join('')), chunk, 10_000);
          const expected = texts.map((text, index) => (index === 0 ? text.replace(/^\u{feff}/u, '') : text));
          expect(lines.map((line) => (line.kind === 'line' ? line.text : line))).toEqual(expected);
        },
      ),
    );
  });

  it('drops a byte order mark and tells CR LF from LF', () => {
    expect(linesOf(utf8('\u{feff}one\r\ntwo\nthree'), 2)).toEqual([
      { kind: 'line', number: 1, text: 'one', ending: '\r\n' },
      { kind: 'line', number: 2, text: 'two', ending: '\n' },
      { kind: 'line', number: 3, text: 'three', ending: '' },
    ]);
  });

  it('names line, column and byte of an encoding fault and reads on', () => {
    const lines = linesOf(new Uint8Array([...utf8('fine\n😀n'), 0xe9, ...utf8('e\nfine\n')]), 3);
    expect(lines.map((line) => line.kind)).toEqual(['line', 'broken', 'line']);
    expect(lines[1]).toMatchObject({ number: 2, column: 3, reason: 'the bytes from 0xE9 on are not UTF-8' });
  });

  it('refuses encoded surrogates and NUL', () => {
    const lines = linesOf(new Uint8Array([0x61, 0xed, 0xa0, 0x80, 0x0a, 0x61, 0x62, 0x00, 0x0a]), 4);
    expect(lines).toMatchObject([
      { kind: 'broken', number: 1, column: 2 },
      { kind: 'broken', number: 2, column: 3, reason: 'a NUL character (U+0000) stands in the text' },
    ]);
  });

  it('passes over a line beyond the limit without holding it', () => {
    const splitter = new LineSplitter(100);
    const megabyte = new Uint8Array(1_000_000).fill(0x61);
    const lines: Line[] = [...splitter.push(utf8('short\n'))];
    for (let round = 0; round < 200; round += 1) lines.push(...splitter.push(megabyte));
    lines.push(...splitter.push(utf8('\nshort again\n')));
    expect(lines.map((line) => [line.kind, line.number])).toEqual([
      ['line', 1],
      ['broken', 2],
      ['line', 3],
    ]);
  });
});

describe('encodingFault', () => {
  it('finds a fault exactly where a strict decoder does', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0),
            fc.nat({ max: 255 }),
          ),
        ),
        (values) => {
          const bytes = new Uint8Array(values);
          let decodes = true;
          try {
            decoder.decode(bytes);
          } catch {
            decodes = false;
          }
          expect(encodingFault(bytes) === null).toBe(decodes);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
