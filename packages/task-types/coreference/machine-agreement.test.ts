import { describe, expect, it } from 'vitest';
import { codingsOf, coderAt } from '../testing/codings.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { machineAgreement } from './machine-agreement.ts';

const fresh: CoreferenceAnswer = { kind: 'new' };
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });

type Row = readonly (CoreferenceAnswer | null)[];

/** Markables m1, m2, … of one document; the first row is the machine's, the others are persons'. */
function compared(...rows: readonly Row[]) {
  const codings = codingsOf({
    answers: rows,
    unitAt: (place): CoreferenceUnit => ({ ranges: [[place, place + 1]], text: `m${place + 1}` }),
    keyAt: (place) => `m${place + 1}`,
    itemAt: () => 0,
  });
  const isMachine = (coder: string) => coder === coderAt(0);
  const view = machineAgreement(
    codings.filter(({ coder }) => isMachine(coder)),
    codings.filter(({ coder }) => !isMachine(coder)),
    { seed: 1, resamples: 200 },
  );
  return (view.machines ?? []).map(({ against, units, found, scores }) => ({
    against,
    units,
    found,
    scores: Object.fromEntries(
      scores.map(({ measure, estimate }) => [measure, estimate.kind === 'value' ? estimate.value : null]),
    ),
  }));
}

describe('a machine beside persons', () => {
  const person: Row = [fresh, old('m1'), old('m2'), fresh, old('m4')];

  it('is scored as chains are: by hand, {1 2}{3 4 5} against {1 2 3}{4 5}', () => {
    const [majority, own] = compared([fresh, old('m1'), fresh, old('m3'), old('m4')], person);
    expect(majority?.against).toBeNull();
    expect(own?.against).toBe(coderAt(1));
    expect(own?.scores).toEqual(majority?.scores);
    expect(own?.scores['muc']).toBeCloseTo(2 / 3, 12);
    expect(own?.scores['bcub']).toBeCloseTo(11 / 15, 12);
    expect(own?.scores['conll']).toBeCloseTo(
      ((own?.scores['muc'] ?? 0) + (own?.scores['bcub'] ?? 0) + (own?.scores['ceafe'] ?? 0)) / 3,
      12,
    );
  });

  it('is compared on the phrases that the person answered, and loses by those it has no mention over', () => {
    const [, own] = compared([fresh, old('m1'), null, fresh, old('m4'), old('m4')], person);
    expect(own).toMatchObject({ units: 5, found: 4 });
    expect(own?.scores['muc']).toBeCloseTo(0.8, 12);
  });

  it('scores 0 where it links nothing, and has no score where the person links nothing', () => {
    const [, nothing] = compared([fresh, null, null, null, null], person);
    expect(nothing?.scores['conll']).toBe(0);
    const [, none] = compared([fresh, old('m1')], [fresh, fresh]);
    expect(none?.scores).toEqual({ muc: null, bcub: null, ceafe: null, lea: null, conll: null });
  });
});

describe('how sure the score of a machine is', () => {
  /** Documents of three phrases; the machine joins all of them, the person in so many documents too. */
  const intervals = (documents: number, alike: number) => {
    const rows = [0, 1].map((row) =>
      Array.from({ length: documents * 3 }, (_, at): CoreferenceAnswer => {
        const [document, place] = [Math.floor(at / 3), at % 3];
        if (place === 0) return fresh;
        return place === 1 || row === 0 || document < alike ? old(`m${at}`) : fresh;
      }),
    );
    const codings = codingsOf({
      answers: rows,
      unitAt: (at): CoreferenceUnit => ({ ranges: [[at % 3, (at % 3) + 1]], text: `m${at + 1}` }),
      keyAt: (at) => `m${at + 1}`,
      itemAt: (at) => Math.floor(at / 3),
    });
    const machine = codings.filter(({ coder }) => coder === coderAt(0));
    const person = codings.filter(({ coder }) => coder === coderAt(1));
    const view = machineAgreement(machine, person, { seed: 1, resamples: 400 });
    return (view.machines ?? []).flatMap(({ scores }) => scores.map(({ estimate }) => estimate));
  };

  it('is drawn over documents, around every score', () => {
    const estimates = intervals(20, 10);
    expect(estimates).toHaveLength(10);
    for (const estimate of estimates) {
      if (estimate.kind !== 'value' || estimate.interval === null)
        throw new Error('an interval was expected');
      const { low, high, method } = estimate.interval;
      expect(low).toBeLessThan(estimate.value);
      expect(high).toBeGreaterThan(estimate.value);
      expect(method).toContain('20 documents resampled');
    }
  });

  it('is not told from one document', () => {
    for (const estimate of intervals(1, 0)) {
      expect(estimate).toMatchObject({ kind: 'value', interval: null });
      expect(estimate.kind === 'value' && estimate.whyNoInterval).toContain('only one document');
    }
  });
});
