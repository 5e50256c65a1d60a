import { describe, expect, it } from 'vitest';
import type { AnnotatedMention, Annotation } from './annotation.ts';
import { byParagraph, marksOf, sameMarks } from './marks.ts';

const mention = (
  id: string,
  ranges: [number, number][],
  rest: Partial<AnnotatedMention> = {},
): AnnotatedMention => ({
  id,
  ranges,
  head: null,
  minimum: null,
  standing: { kind: 'open' },
  bridges: [],
  deixis: null,
  ...rest,
});
const annotationOf = (...mentions: AnnotatedMention[]): Annotation => ({
  mentions: new Map(mentions.map((row) => [row.id, row])),
  entities: new Map([
    ['e7', { id: 'e7', number: 7, name: null, type: null, antecedents: [], mentions: ['m'] }],
  ]),
});

describe('what is drawn below a mention', () => {
  it('lies below all that it overlaps: the shortest nearest the text', () => {
    const mentions = [mention('outer', [[0, 6]]), mention('inner', [[0, 2]]), mention('crossing', [[1, 4]])];
    const lanes = marksOf(mentions, annotationOf(...mentions)).map(({ id, lane }) => [id, lane]);
    expect(lanes).toEqual([
      ['outer', 2],
      ['inner', 0],
      ['crossing', 1],
    ]);
  });

  it('is labelled with what is said of it', () => {
    const named = mention('m', [[0, 1]], { standing: { kind: 'entity', entity: 'e7' } });
    const mentions = [
      named,
      mention('property', [[2, 3]], { standing: { kind: 'property', of: ['m'] } }),
      mention('nothing', [[4, 5]], { standing: { kind: 'non-referring' } }),
      mention('bridged', [[6, 7]], { bridges: [{ to: 'e7', relation: null }] }),
      mention('pointing', [[8, 9]], { deixis: [[0, 6]] }),
      mention('open', [[10, 11]]),
    ];
    expect(marksOf(mentions, annotationOf(...mentions)).map(({ label }) => label)).toEqual([
      '7',
      '=7',
      '∅',
      '→7',
      '¶',
      '',
    ]);
  });

  it('is dealt to every paragraph that the mention has words in', () => {
    const mentions = [
      mention('across', [[2, 7]]),
      mention('apart', [
        [3, 4],
        [11, 12],
      ]),
      mention('second', [[6, 8]]),
    ];
    const paragraphs = [
      [0, 5],
      [5, 10],
      [10, 15],
    ] as const;
    expect(byParagraph(paragraphs, mentions).map((list) => list.map(({ id }) => id))).toEqual([
      ['across', 'apart'],
      ['across', 'second'],
      ['apart'],
    ]);
  });

  it('is the same where nothing of it changed', () => {
    const open = [mention('m', [[0, 1]])];
    const linked = open.map((row) => ({ ...row, standing: { kind: 'entity', entity: 'e7' } as const }));
    const before = marksOf(open, annotationOf(...open));
    expect(sameMarks(before, marksOf(open, annotationOf(...open)))).toBe(true);
    expect(sameMarks(before, marksOf(linked, annotationOf(...linked)))).toBe(false);
  });
});
