import { describe, expect, it } from 'vitest';
import { connectedItems } from './connected.ts';
import { countTriads } from './transitivity.ts';

const by =
  (coder: string) =>
  ([winner = '', loser = '']: string) => ({ coder, winner, loser });

describe('circular triads', () => {
  it('are those in which each of three has won once', () => {
    expect(countTriads(['ab', 'bc', 'ca'].map(by('Ada')))).toEqual({ closed: 1, circular: 1 });
    expect(countTriads(['ab', 'bc', 'ac'].map(by('Ada')))).toEqual({ closed: 1, circular: 0 });
    expect(countTriads(['ab', 'bc'].map(by('Ada')))).toEqual({ closed: 0, circular: 0 });
  });

  it('are counted within a coder, and summed', () => {
    const apart = [...['ab', 'bc'].map(by('Ada')), by('Ben')('ca')];
    expect(countTriads(apart)).toEqual({ closed: 0, circular: 0 });
    const both = [...['ab', 'bc', 'ca'].map(by('Ada')), ...['ab', 'bc', 'ac'].map(by('Ben'))];
    expect(countTriads(both)).toEqual({ closed: 2, circular: 1 });
  });

  // Kendall & Babington Smith 1940: with all n odd items compared, at most (n³ − n)/24 triads are circular.
  it('reach their maximum of five among five that beat the next two in a ring', () => {
    const ring = [0, 1, 2, 3, 4].flatMap((item) =>
      [1, 2].map((step) => ({ coder: 'Ada', winner: String(item), loser: String((item + step) % 5) })),
    );
    expect(countTriads(ring)).toEqual({ closed: 10, circular: 5 });
  });
});

it('items hang together by comparisons, directly or through others', () => {
  const parts = connectedItems([
    ['a', 'b'],
    ['c', 'd'],
    ['b', 'e'],
    ['f', 'c'],
  ]);
  expect(parts.map((part) => [...part].sort())).toEqual([
    ['a', 'b', 'e'],
    ['c', 'd', 'f'],
  ]);
});
