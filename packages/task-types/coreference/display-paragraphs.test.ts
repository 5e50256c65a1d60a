import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayParagraphs } from './display-paragraphs.ts';

/** Sentences of so many tokens each, one after the other. */
function sentencesOf(...lengths: number[]): [number, number][] {
  let at = 0;
  return lengths.map((length) => [at, (at += length)]);
}

describe('paragraphs as shown', () => {
  it('are the text’s own where they can be read', () => {
    const sentences = sentencesOf(20, 20, 200, 60);
    expect(
      displayParagraphs({
        paragraphs: [
          [0, 40],
          [40, 300],
        ],
        sentences,
      }),
    ).toEqual([
      [0, 40],
      [40, 300],
    ]);
  });

  it('are broken between sentences where a text has none', () => {
    const sentences = sentencesOf(...Array.from({ length: 40 }, () => 20));
    const shown = displayParagraphs({ paragraphs: [[0, 800]], sentences });
    expect(shown).toEqual([
      [0, 140],
      [140, 280],
      [280, 420],
      [420, 560],
      [560, 700],
      [700, 800],
    ]);
  });

  it('cover the text once, in order, and begin where a sentence does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 }), (lengths) => {
        const sentences = sentencesOf(...lengths);
        const end = sentences.at(-1)?.[1] ?? 0;
        const shown = displayParagraphs({ paragraphs: [[0, end]], sentences });
        expect(shown[0]?.[0]).toBe(0);
        expect(shown.at(-1)?.[1]).toBe(end);
        shown.forEach(([start], index) => {
          expect(start).toBe(shown[index - 1]?.[1] ?? 0);
          expect(sentences.map(([begin]) => begin)).toContain(start);
        });
      }),
    );
  });
});
