import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import {
  coreferenceContract,
  type CoreferenceAnswer,
  type EitherAnswer,
  type EitherUnit,
} from './contract.ts';
import { coreferenceServer } from './server.ts';

const uuid = (kind: number, n: number) => `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });
const NEW: CoreferenceAnswer = { kind: 'new' };
const several = (
  first: CoreferenceAnswer,
  second: CoreferenceAnswer,
  ...further: CoreferenceAnswer[]
): EitherAnswer => ({ kind: 'ambiguous', readings: [first, second, ...further] });

const he: EitherUnit = { ranges: [[1, 2]], text: 'He' };

/** What coders said of the phrases m0, m1, … of one document, coder by coder. */
const coded = (...coders: readonly (readonly EitherAnswer[])[]) =>
  coders.flatMap((answers, coder) =>
    answers.map((answer, place) => ({
      unitId: unitIdSchema.parse(uuid(2, place)),
      itemId: itemIdSchema.parse(uuid(9, 1)),
      key: `m${place}`,
      unit: { ranges: [[place, place + 1]], text: `m${place}` } satisfies EitherUnit,
      coder: memberIdSchema.parse(uuid(3, coder)),
      answer,
    })),
  );

describe('several readings of one phrase by one coder', () => {
  it('are two to four', () => {
    const { answer } = coreferenceContract;
    expect(answer.safeParse(several(NEW, old('m0'))).success).toBe(true);
    expect(answer.safeParse({ kind: 'ambiguous', readings: [NEW] }).success).toBe(false);
    const five = several(NEW, old('m0'), old('m1'), old('m2'), old('m3'));
    expect(answer.safeParse(five).success).toBe(false);
    const nested = { kind: 'ambiguous', readings: [NEW, several(NEW, old('m0'))] };
    expect(answer.safeParse(nested).success).toBe(false);
  });

  it('differ, and none points at a phrase twice', () => {
    const misfit = (answer: EitherAnswer) =>
      coreferenceServer.misfit(answer, coreferenceContract.exampleProtocol);
    expect(misfit(several(old('m0'), old('m1')))).toBeNull();
    expect(misfit(several(old('m0'), { kind: 'property', of: ['m0'] }))).toBeNull();
    expect(misfit(several(old('m0', 'm1'), NEW, old('m1', 'm0')))).toBe('the same reading is given twice');
    expect(misfit(several(NEW, old('m1', 'm1')))).toBe('the same phrase is pointed at twice');
  });

  it('point at what any of them points at, once each', () => {
    expect(coreferenceServer.pointsAt(several(old('m0', 'm1'), NEW, old('m1')))).toEqual(['m0', 'm1']);
  });

  it('are told in words, the preferred one first', () => {
    expect(coreferenceServer.describe(several(old('m0'), NEW), he, (key) => key.toUpperCase())).toBe(
      'the same as “M0”; or new: not named before (ambiguous, the best reading first)',
    );
  });

  it('count as the preferred one in readings and in agreement', () => {
    const plain = coded([NEW, NEW, old('m0')], [NEW, NEW, old('m1')], [NEW, NEW, old('m1')]);
    const ambiguous = coded(
      [NEW, NEW, old('m0')],
      [NEW, NEW, several(old('m1'), old('m0'))],
      [NEW, NEW, several(old('m1'), NEW)],
    );
    expect(coreferenceServer.readings(ambiguous)).toEqual(coreferenceServer.readings(plain));
    const request = { seed: 1, resamples: 20 };
    expect(coreferenceServer.agreement(ambiguous, request)).toEqual(
      coreferenceServer.agreement(plain, request),
    );
  });
});
