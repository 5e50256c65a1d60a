import { FIRST_SCORING_RULES } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { sittingPoints } from './sitting-points.ts';

const RULES = { ...FIRST_SCORING_RULES, coverage: { annotated: 10, validated: 4, handedIn: 50 } };

describe('the points of a sitting', () => {
  it('are what is judged of the file in hand, and what was handed in', () => {
    const files = [
      { judged: 5, handedIn: true },
      { judged: 2, handedIn: true },
      { judged: 3, handedIn: false },
    ];
    expect(sittingPoints(files, RULES, 'annotation')).toEqual({ earned: 170, files: 2, inHand: 30 });
    expect(sittingPoints(files, RULES, 'validation')).toEqual({ earned: 128, files: 2, inHand: 12 });
  });

  it('are none before anything is judged', () => {
    expect(sittingPoints([], RULES, 'annotation')).toEqual({ earned: 0, files: 0, inHand: 0 });
  });
});
