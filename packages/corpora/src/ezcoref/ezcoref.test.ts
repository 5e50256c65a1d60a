import { textOfMention } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import type { ReadDocument, Refusal } from '../events.ts';
import { collected, streamOf } from '../testing/streams.ts';
import { align } from './alignment.ts';
import { readEzCoref } from './read.ts';

async function read(
  gold: unknown,
  annotations: unknown,
): Promise<{ document: ReadDocument | undefined; refusals: Refusal[] }> {
  const bytes = (json: unknown): AsyncGenerator<Uint8Array> =>
    streamOf(typeof json === 'string' ? json : JSON.stringify(json));
  const events = await collected(
    readEzCoref(
      { fileName: 'gold.json', bytes: bytes(gold) },
      annotations === null ? null : { fileName: 'coders.json', bytes: bytes(annotations) },
      { key: 'chunk' },
    ),
  );
  return {
    document: events.flatMap((event) => (event.kind === 'document' ? [event.document] : []))[0],
    refusals: events.flatMap((event) => (event.kind === 'refused' ? [event.refusal] : [])),
  };
}

const gold = [
  {
    tokens: ['Ada', 'met', 'her', 'well-known', 'aunt', '.'],
    mentions: [
      [0, [0, 1]],
      [0, [2, 3]],
    ],
  },
  { tokens: ['They', 'left', '.'], mentions: [] },
];

describe('ezCoref', () => {
  it('reads gold chains, and every coder’s clusters as answers on each span he saw', async () => {
    const { document, refusals } = await read(gold, [
      {
        annotator_id: 14,
        annotations: {
          '0': { '0,0,1': [0], '2,2,3': [0], '2,2,7': [1], '3,2,7': [1] },
          '1': { '0,0,1': [0, 1] },
        },
      },
      { annotator_id: 3, annotations: { '0': { '0,0,1': [5] }, '1': { '0,0,1': [6] } } },
    ]);
    expect(refusals).toEqual([]);
    const content = document?.content;
    expect(content?.mentions.map((mention) => [mention.id, textOfMention(content.tokens, mention)])).toEqual([
      ['m1', 'Ada'],
      ['m2', 'her well-known aunt'],
      ['m3', 'her'],
      ['m4', 'They'],
    ]);
    expect(content?.chains).toEqual([{ id: '0', mentions: ['m1', 'm3'] }]);
    expect(document?.answers).toEqual([
      { coder: '14', mention: 'm1', answer: { kind: 'new' } },
      { coder: '14', mention: 'm2', answer: { kind: 'new' } },
      { coder: '14', mention: 'm3', answer: { kind: 'old', antecedents: ['m1'] } },
      { coder: '14', mention: 'm4', answer: { kind: 'old', antecedents: ['m3', 'm2'] } },
      { coder: '3', mention: 'm1', answer: { kind: 'new' } },
      { coder: '3', mention: 'm4', answer: { kind: 'new' } },
    ]);
  });

  it('reads a chunk that nobody annotated', async () => {
    const { document } = await read({ sentences: gold }, null);
    expect(document?.answers).toBeUndefined();
    expect(document?.content.sentences).toEqual([
      [0, 8],
      [8, 11],
    ]);
  });

  it('counts coders’ tokens as their tool cut them', () => {
    const { words, gold: starts, coders } = align(['a', 'full-grown', '--', '’', 'x']);
    expect(words.map(({ text }) => text)).toEqual(['a', 'full', '-', 'grown', '--', '’', 'x']);
    expect(starts).toEqual([0, 1, 4, 5, 6, 7]);
    expect(coders).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 6],
      [6, 7],
    ]);
  });

  it.each([
    ['gold that is no JSON', '{', [], { file: 'gold.json', reason: 'the file is no JSON' }],
    ['gold without words', [{ mentions: [] }], [], { file: 'gold.json' }],
    [
      'a gold mention beyond its sentence',
      [{ tokens: ['a'], mentions: [[0, [0, 2]]] }],
      [],
      { file: 'gold.json' },
    ],
    ['coders of another shape', gold, {}, { file: 'coders.json', reason: 'the file is no list of coders' }],
    [
      'a span beyond its sentence',
      gold,
      [{ annotator_id: 1, annotations: { '1': { '0,0,9': [0] } } }],
      { file: 'coders.json', reason: '"0,0,9" is no span of sentence "1"' },
    ],
    [
      'a span of no sentence',
      gold,
      [{ annotator_id: 1, annotations: { '7': { '0,0,1': [0] } } }],
      { file: 'coders.json' },
    ],
  ])('refuses %s', async (_, own, annotations, refusal) => {
    const { document, refusals } = await read(own, annotations);
    expect(document).toBeUndefined();
    expect(refusals).toMatchObject([refusal]);
  });
});
