import type { DocumentContent } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { marksOfChains, speakersOf } from './marks.ts';

const content: DocumentContent = {
  tokens: Array.from({ length: 10 }, (_, index) => ({ text: `w${index}` })),
  sentences: [
    [0, 4],
    [4, 7],
    [7, 10],
  ],
  paragraphs: [[0, 10]],
  mentions: [
    { id: 'a', ranges: [[0, 2]] },
    { id: 'b', ranges: [[3, 4]] },
    { id: 'c', ranges: [[5, 6]] },
    { id: 'd', ranges: [[8, 9]] },
  ],
  chains: [
    { id: 'second', mentions: ['c', 'd'] },
    { id: 'alone', mentions: ['b'] },
  ],
};

describe('marksOfChains', () => {
  it('numbers entities in the order in which they are met, and leaves single mentions plain', () => {
    expect(marksOfChains(content).map(({ id, entity }) => [id, entity])).toEqual([
      ['a', null],
      ['b', null],
      ['c', 1],
      ['d', 1],
    ]);
  });
});

describe('speakersOf', () => {
  it('says where the speaker changes', () => {
    expect(speakersOf({ ...content, speakers: ['Holmes', 'Holmes', 'Watson'] })).toEqual([
      { from: 0, name: 'Holmes' },
      { from: 7, name: 'Watson' },
    ]);
  });

  it('says nothing of a text without speakers', () => {
    expect(speakersOf(content)).toEqual([]);
  });
});
