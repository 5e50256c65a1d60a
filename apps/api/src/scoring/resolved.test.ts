import { memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import type { OutcomeToScore } from './resolved.ts';
import { resolvedUnits } from './resolved.ts';

const coder = (number: number) => memberIdSchema.parse(`00000000-0000-7000-8000-00000000000${number}`);
const [ANN, BEA, CY] = [coder(1), coder(2), coder(3)];
const handIns = [
  { coder: ANN, stage: 'annotation', at: 10 },
  { coder: CY, stage: 'annotation', at: 30 },
] as const;
const none = { agreed: [], disagreed: [], gaveInstead: [], judgementId: '' };
const outcome: OutcomeToScore = {
  unitId: unitIdSchema.parse('00000000-0000-7000-8000-000000000100'),
  state: 'disputed',
  uncertainty: 0.2,
  readings: [
    { ...none, key: 'old', answer: {}, probability: 0.8, annotators: [ANN, BEA] },
    { ...none, key: 'new', answer: {}, probability: 0.2, annotators: [CY] },
  ],
  decision: null,
};
const decision = { kind: 'decide', answers: [{}], kept: ['new'], reason: null, at: 50 } as const;
const fates = (changes: Partial<OutcomeToScore>) =>
  resolvedUnits([{ ...outcome, ...changes }], handIns).map(({ at, readings }) => ({
    at,
    readings: readings.map(({ upheld, probability }) => [upheld, probability]),
  }));

describe('the fate of a unit', () => {
  it('is open while it is disputed', () => {
    expect(fates({})).toEqual([]);
  });

  it('is by votes known since the last hand-in', () => {
    expect(fates({ state: 'settled' })).toEqual([
      {
        at: 30,
        readings: [
          [true, 0.8],
          [false, 0.2],
        ],
      },
    ]);
  });

  it('is by decision certain since it was made, against any votes', () => {
    for (const state of ['disputed', 'settled'] as const) {
      expect(fates({ state, decision })).toEqual([
        {
          at: 50,
          readings: [
            [false, 0],
            [true, 1],
          ],
        },
      ]);
    }
    expect(fates({ decision: { ...decision, at: 20 } })[0]?.at).toBe(30);
  });

  it('is good for every reading that is kept, and for none where nobody read it as the bench did', () => {
    const kept = (keys: string[]) =>
      fates({ decision: { ...decision, kept: keys } })[0]?.readings.map(([upheld]) => upheld);
    expect(kept(['old', 'new'])).toEqual([true, true]);
    expect(kept([])).toEqual([false, false]);
  });
});
