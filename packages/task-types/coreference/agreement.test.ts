import { krippendorffsAlpha, studyFromPartitions } from '@casebook/agreement';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codingsOf } from '../testing/codings.ts';
import { coreferenceAgreement } from './agreement.ts';
import type { CoreferenceAnswer } from './contract.ts';

const fresh: CoreferenceAnswer = { kind: 'new' };
const nobody: CoreferenceAnswer = { kind: 'non-referring' };
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });

type Row = readonly (CoreferenceAnswer | null)[];

/** Markables m1, m2, … of one document; one row a coder. */
function codings(rows: readonly Row[]): Parameters<typeof coreferenceAgreement>[0] {
  return codingsOf({
    answers: rows,
    unitAt: (place) => ({ ranges: [[place, place + 1]], text: `m${place + 1}` }),
    keyAt: (place) => `m${place + 1}`,
    itemAt: () => 0,
  });
}

function valueOf(rows: readonly Row[], view: string, measure: string): number | string {
  const found = coreferenceAgreement(codings(rows), { seed: 1, resamples: 50 }).find(({ id }) => id === view);
  const estimate = found?.measures.find(({ id }) => id === measure)?.estimate;
  if (estimate === undefined) throw new Error(`there is no ${measure} of ${view}`);
  return estimate.kind === 'value' ? estimate.value : estimate.reason;
}

/** The answers that say of each markable which entity it belongs to, by number. */
function partition(entities: readonly number[]): CoreferenceAnswer[] {
  return entities.map((entity, place) => {
    const before = entities.lastIndexOf(entity, place - 1);
    return place === 0 || before < 0 ? fresh : old(`m${before + 1}`);
  });
}

describe('agreement on the kind of answer', () => {
  it('asks for nothing but the kind', () => {
    const rows = [
      [fresh, fresh, old('m1'), nobody],
      [fresh, fresh, old('m2'), nobody],
    ];
    expect(valueOf(rows, 'decision-class', 'percent-agreement')).toBe(1);
    expect(valueOf(rows, 'decision-class', 'alpha-nominal')).toBe(1);
    expect(valueOf(rows, 'entities', 'percent-agreement')).toBeLessThan(1);
  });

  it('is counted by hand', () => {
    const rows = [
      [fresh, fresh, old('m1'), nobody],
      [fresh, old('m1'), old('m1'), nobody],
    ];
    expect(valueOf(rows, 'decision-class', 'percent-agreement')).toBe(0.75);
    // D_o = 2/8; D_e = (3·5 + 3·5 + 2·6)/(8·7), for three new, three old, two non-referring.
    expect(valueOf(rows, 'decision-class', 'alpha-nominal')).toBeCloseTo(1 - 2 / 8 / (42 / 56), 12);
    const [view] = coreferenceAgreement(codings(rows), { seed: 1, resamples: 50 });
    // Observed 3/4; by chance (2·1 + 1·2 + 1·1)/16.
    expect(view?.pairs[0]?.estimate).toHaveProperty(
      'value',
      expect.closeTo((3 / 4 - 5 / 16) / (11 / 16), 12),
    );
  });
});

describe('agreement on entities', () => {
  it('is alpha over the coders’ own chains, by each set distance', () => {
    const length = 8;
    const entities = fc.array(fc.nat({ max: 3 }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(fc.array(entities, { minLength: 2, maxLength: 4 }), (coders) => {
        const study = studyFromPartitions(
          coders.map((of, coder) => ({
            coder: String(coder),
            chains: [...new Set(of)].map((entity) =>
              of.flatMap((other, place) => (other === entity ? [`m${place + 1}`] : [])),
            ),
          })),
        );
        for (const metric of ['masi', 'jaccard', 'passonneau'] as const) {
          const expected = krippendorffsAlpha(study, { metric, interval: { method: 'none' } });
          const value = valueOf(coders.map(partition), 'entities', `alpha-${metric}`);
          if (expected.value === null) expect(value).toBe(expected.reason);
          else expect(value).toBeCloseTo(expected.value, 9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('does not care which mention of an entity was pointed at', () => {
    const rows = [
      [fresh, old('m1'), old('m2'), fresh],
      [fresh, old('m1'), old('m1'), fresh],
    ];
    expect(valueOf(rows, 'entities', 'alpha-masi')).toBe(1);
  });

  it('does not hold it against a coder that he has not read on', () => {
    const whole = partition([0, 1, 0, 0, 1, 0]);
    const soFar = [...whole.slice(0, 3), null, null, null];
    expect(valueOf([whole, soFar], 'entities', 'alpha-jaccard')).toBe(1);
    expect(valueOf([whole, whole, soFar], 'entities', 'alpha-jaccard')).toBe(1);
  });

  it('keeps a plural apart from each of those that it names, and together with the like', () => {
    const rows = [
      [fresh, fresh, old('m1', 'm2'), old('m3'), old('m1')],
      [fresh, fresh, old('m1', 'm2'), old('m2', 'm1'), old('m1')],
    ];
    expect(valueOf(rows, 'entities', 'percent-agreement')).toBe(1);
  });

  it('counts a phrase that names nothing as the empty set', () => {
    const rows = [
      [fresh, nobody, nobody],
      [fresh, nobody, fresh],
    ];
    expect(valueOf(rows, 'entities', 'percent-agreement')).toBeCloseTo(2 / 3, 12);
  });

  it('lets coders agree who point at a phrase that nobody judged', () => {
    const rows = [
      [null, old('m1'), old('m1'), fresh],
      [null, old('m1'), old('m2'), fresh],
    ];
    expect(valueOf(rows, 'entities', 'alpha-masi')).toBe(1);
  });
});
