import { FIRST_SCORING_RULES } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { badgesOf, rankOf } from './merits.ts';
import type { Merits } from './merits.ts';

const none: Merits = {
  points: 0,
  judged: 0,
  handedIn: 0,
  sure: { answers: 0, right: null },
  unsure: { answers: 0, right: null },
  minority: 0,
};
const titles = (merits: Partial<Merits>) =>
  badgesOf({ ...none, ...merits }, FIRST_SCORING_RULES).map(({ title }) => title);

describe('ranks', () => {
  it('are reached with their points, and say which is next', () => {
    expect(rankOf(0, FIRST_SCORING_RULES)).toEqual({
      rank: 'Passer-by',
      nextRank: { title: 'Witness', from: 500 },
    });
    expect(rankOf(499, FIRST_SCORING_RULES).rank).toBe('Passer-by');
    expect(rankOf(500, FIRST_SCORING_RULES).rank).toBe('Witness');
  });

  it('end with the highest', () => {
    expect(rankOf(1_000_000, FIRST_SCORING_RULES)).toEqual({ rank: 'Consulting detective', nextRank: null });
  });
});

describe('badges', () => {
  it('are for work that was handed in', () => {
    expect(titles({})).toEqual([]);
    expect(titles({ judged: 1_000, handedIn: 10 })).toEqual([
      'A hundred phrases',
      'Well thumbed',
      'Ten files closed',
    ]);
  });

  it('are for being sure where it was right to be, with enough answers to tell', () => {
    expect(titles({ sure: { answers: 50, right: 0.9 } })).toEqual(['Sure with reason']);
    expect(titles({ sure: { answers: 49, right: 1 } })).toEqual([]);
    expect(titles({ sure: { answers: 50, right: 0.89 } })).toEqual([]);
  });

  it('are for doubting where there was reason to', () => {
    expect(titles({ unsure: { answers: 10, right: 0.6 } })).toEqual(['Reasonable doubt']);
    expect(titles({ unsure: { answers: 10, right: 0.95 } })).toEqual([]);
  });

  it('say what they are for', () => {
    expect(badgesOf({ ...none, minority: 1 }, FIRST_SCORING_RULES)).toEqual([
      { title: 'Against the room', words: 'right where most were not' },
    ]);
  });
});
