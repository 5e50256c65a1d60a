import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PassageMark, PassageToken } from './marks.ts';
import { segmentParagraph, type Run } from './segment.ts';

const words = (text: string): PassageToken[] => text.split(' ').map((word) => ({ text: word }));
const mark = (id: string, ...ranges: [number, number][]): PassageMark => ({ id, ranges, entity: null });

/** Draws runs as one line: `[id …]` is a whole mark, `~` where a piece goes on, `{…}` what is yet to be read. */
function drawn(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      if (run.kind === 'text') return run.ahead ? `{${run.text}}` : run.text;
      return `[${run.begins ? '' : '~'}${run.mark.id}:${drawn(run.children)}${run.ends ? '' : '~'}]`;
    })
    .join('');
}

const textOf = (runs: readonly Run[]): string =>
  runs.map((run) => (run.kind === 'text' ? run.text : textOf(run.children))).join('');

describe('segmentParagraph', () => {
  const tokens = words('the widow of the keeper wept');

  it('leaves a text without marks in one run', () => {
    expect(segmentParagraph(tokens, [0, 6], [])).toEqual([
      { kind: 'text', text: 'the widow of the keeper wept', ahead: false },
    ]);
  });

  it('keeps the spaces around a mark outside of it', () => {
    expect(drawn(segmentParagraph(tokens, [0, 6], [mark('a', [3, 5])]))).toBe(
      'the widow of [a:the keeper] wept',
    );
  });

  it('puts a shorter mark inside the longer one that holds it, whatever their order', () => {
    const nested = [mark('inner', [3, 5]), mark('outer', [0, 5])];
    const runs = segmentParagraph(tokens, [0, 6], nested);
    expect(drawn(runs)).toBe('[outer:the widow of [inner:the keeper]] wept');
    expect(runs[0]).toMatchObject({ height: 1 });
  });

  it('cuts the earlier of two crossing marks', () => {
    expect(drawn(segmentParagraph(tokens, [0, 6], [mark('a', [0, 3]), mark('b', [1, 5])]))).toBe(
      '[a:the [b:widow of~]][~b: the keeper] wept',
    );
  });

  it('draws a discontinuous mark in pieces that know which is the first and which the last', () => {
    expect(drawn(segmentParagraph(tokens, [0, 6], [mark('a', [0, 2], [5, 6])]))).toBe(
      '[a:the widow~] of the keeper [~a:wept]',
    );
  });

  it('dims what the reader has not come to, inside a mark too', () => {
    expect(drawn(segmentParagraph(tokens, [0, 6], [mark('a', [3, 5])], 4))).toBe(
      'the widow of [a:the{ keeper}]{ wept}',
    );
  });

  it('writes no space where the source has none', () => {
    const glued = [{ text: 'keeper', spaceAfter: false as const }, { text: '’s' }, { text: 'lamp' }];
    expect(drawn(segmentParagraph(glued, [0, 3], [mark('a', [0, 1])]))).toBe('[a:keeper]’s lamp');
  });

  it('draws a node that the text does not hold as ∅', () => {
    const zero = [{ text: 'Vino' }, { text: '_', empty: true as const }, { text: 'tarde' }];
    expect(drawn(segmentParagraph(zero, [0, 3], [mark('a', [1, 2])]))).toBe('Vino [a:∅] tarde');
  });

  it('shows of a mark what stands in this paragraph', () => {
    expect(drawn(segmentParagraph(tokens, [2, 4], [mark('a', [0, 3]), mark('b', [3, 6])]))).toBe(
      '[~a:of] [b:the~]',
    );
  });

  it('holds every token once and in order, under any marks', () => {
    const range = fc
      .tuple(fc.nat(11), fc.integer({ min: 1, max: 6 }))
      .map(([start, length]): [number, number] => [start, Math.min(12, start + length)]);
    const marks = fc.array(range, { maxLength: 12 }).map((ranges) => ranges.map((r, i) => mark(`m${i}`, r)));
    const spaces = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(marks, spaces, fc.nat(12), (made, spaced, readUntil) => {
        const text = spaced.map((space, index): PassageToken => ({
          text: String.fromCharCode(97 + index),
          ...(space ? {} : { spaceAfter: false as const }),
        }));
        const plain = segmentParagraph(text, [0, 12], []);
        const runs = segmentParagraph(text, [0, 12], made, readUntil);
        expect(textOf(runs)).toBe(textOf(plain));
        for (const one of made) {
          expect(coveredBy(runs, one.id).replaceAll(' ', '')).toBe(
            text
              .slice(...(one.ranges[0] ?? [0, 0]))
              .map((token) => token.text)
              .join(''),
          );
        }
      }),
    );
  });
});

/** The text that stands inside the pieces of a mark. */
function coveredBy(runs: readonly Run[], id: string): string {
  return runs
    .map((run) => {
      if (run.kind === 'text') return '';
      return run.mark.id === id ? textOf(run.children) : coveredBy(run.children, id);
    })
    .join('');
}
