import { krippendorffsAlpha, studyFromPartitions } from '@casebook/agreement';
import type { AgreementView } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codingsOf } from '../testing/codings.ts';
import { coreferenceAgreement, coreferenceAgreementChange } from './agreement.ts';
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

/** As `codings`, with `length` markables to a document. */
function inDocuments(rows: readonly Row[], length: number): ReturnType<typeof codings> {
  return codingsOf({
    answers: rows,
    unitAt: (place) => ({ ranges: [[place % length, (place % length) + 1]], text: 'm' }),
    keyAt: (place) => `m${(place % length) + 1}`,
    itemAt: (place) => Math.floor(place / length),
  });
}

function viewOf(views: readonly AgreementView[], id: string): AgreementView {
  const view = views.find((own) => own.id === id);
  if (view === undefined) throw new Error(`there is no view ${id}`);
  return view;
}

const request = { seed: 1, resamples: 50 };

describe('intervals', () => {
  const rows = [
    [fresh, old('m1'), fresh, fresh, old('m1'), old('m1'), fresh, nobody, fresh],
    [fresh, old('m1'), fresh, fresh, fresh, old('m1'), fresh, nobody, old('m1')],
  ];

  it('come from resampling documents, and name them', () => {
    const views = coreferenceAgreement(inDocuments(rows, 3), request);
    for (const id of ['decision-class', 'entities', 'scores']) {
      const { measures, pairs } = viewOf(views, id);
      const methods = [...measures, ...pairs].flatMap(({ estimate }) =>
        estimate.kind === 'value' && estimate.interval !== null ? [estimate.interval.method] : [],
      );
      expect([...new Set(methods)]).toEqual(['percentile bootstrap, 3 documents resampled']);
    }
  });

  it('of one document are over its phrases for kinds of answer, and none for entities and scores', () => {
    const views = coreferenceAgreement(inDocuments(rows, 9), request);
    const alpha = viewOf(views, 'decision-class').measures.find(({ id }) => id === 'alpha-nominal');
    expect(alpha).toHaveProperty(
      'estimate.interval.method',
      'bca bootstrap, phrases of the one document resampled',
    );
    for (const id of ['entities', 'scores', 'scores-without-singletons']) {
      for (const { estimate } of viewOf(views, id).measures) {
        if (estimate.kind === 'undefined') continue;
        expect(estimate.interval).toBeNull();
        expect(estimate.whyNoInterval).toContain('only one document');
      }
    }
  });
});

describe('what met what', () => {
  it('is counted over pairs of coders', () => {
    // m1: new, new, new. m2: new, old, old. m3: nobody, nobody, missing.
    const rows = [
      [fresh, fresh, nobody],
      [fresh, old('m1'), nobody],
      [fresh, old('m1'), null],
    ];
    const { confusion, measures } = viewOf(coreferenceAgreement(codings(rows), request), 'decision-class');
    expect(confusion?.counts).toEqual([
      [3, 2, 0, 0],
      [2, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
    expect(confusion?.categories.map(({ specificAgreement }) => specificAgreement)).toEqual([
      6 / 8,
      2 / 4,
      null,
      1,
    ]);
    // Old or not: 8 ratings, 2 of them old; m2 has two of three pairs unlike: D_o = (4/2)/8, D_e = 2·2·6/(8·7).
    const old1 = measures.find(({ id }) => id === 'alpha-old')?.estimate;
    expect(old1).toHaveProperty('value', expect.closeTo(1 - 2 / 8 / (24 / 56), 12));
  });
});

describe('scores of each two coders', () => {
  const f1Of = (views: readonly AgreementView[], view: string, measure: string): unknown => {
    const estimate = viewOf(views, view).pairs.find((pair) => pair.measure === measure)?.estimate;
    return estimate?.kind === 'value' ? estimate.value : estimate?.reason;
  };
  // {1 2 3} {4} against {1 2} {3 4}; the second has not judged 5, the first calls it 4’s entity.
  const rows = [
    [fresh, old('m1'), old('m2'), fresh, old('m4')],
    [fresh, old('m1'), fresh, old('m3'), null],
  ];

  it('are over the phrases that both judged', () => {
    const views = coreferenceAgreement(codings(rows), request);
    // MUC: 1 of 2 links, and 1 of 2 back.
    expect(f1Of(views, 'scores', 'muc')).toBeCloseTo(1 / 2, 12);
    // B³: (2/3 + 2/3 + 1/3 + 1)/4 there, (1 + 1 + 1/2 + 1/2)/4 back.
    const [recall, precision] = [8 / 3 / 4, 3 / 4];
    expect(f1Of(views, 'scores', 'bcub')).toBeCloseTo((2 * recall * precision) / (recall + precision), 12);
    // CEAFm: {1 2 3}–{1 2} and {4}–{3 4} share 3 of 4.
    expect(f1Of(views, 'scores', 'ceafm')).toBeCloseTo(3 / 4, 12);
    expect(viewOf(views, 'scores').pairs[0]?.estimate).toMatchObject({ units: 4, ratings: 8 });
  });

  it('are stated with and without entities of a single phrase', () => {
    const views = coreferenceAgreement(codings(rows), request);
    // Without {4}: 3 of 3 phrases are the other’s too, 3 of 4 back.
    expect(f1Of(views, 'scores-without-singletons', 'mentions')).toBeCloseTo((2 * 3) / 7, 12);
    expect(f1Of(views, 'scores', 'mentions')).toBe(1);
  });

  it('have a mean over pairs', () => {
    const views = coreferenceAgreement(codings([...rows, rows[0] ?? []]), request);
    const view = viewOf(views, 'scores');
    const values = view.pairs.flatMap(({ measure, estimate }) =>
      measure === 'lea' && estimate.kind === 'value' ? [estimate.value] : [],
    );
    expect(values).toHaveLength(3);
    const mean = view.measures.find(({ id }) => id === 'lea')?.estimate;
    expect(mean).toHaveProperty(
      'value',
      expect.closeTo(values.reduce((sum, value) => sum + value, 0) / 3, 12),
    );
  });

  it('are not defined for links where nobody made one', () => {
    const alone = [fresh, fresh, nobody];
    expect(f1Of(coreferenceAgreement(codings([alone, alone]), request), 'scores', 'muc')).toContain(
      'neither',
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

describe('agreement before and after', () => {
  const before = [
    [fresh, fresh, old('m1'), nobody],
    [fresh, old('m1'), old('m1'), nobody],
  ];
  const after = [
    [fresh, fresh, old('m1'), nobody],
    [fresh, fresh, old('m1'), nobody],
  ];

  it('is that of each look, and their difference', () => {
    const request = { seed: 1, resamples: 50 };
    const [kinds, entities] = coreferenceAgreementChange(codings(before), codings(after), request);
    const of = (view: typeof kinds, id: string) => view?.measures.find((own) => own.id === id);
    const [first] = coreferenceAgreement(codings(before), request);
    // 1 − 2/8 / (42/56) before, as above; 1 after.
    expect(of(kinds, 'alpha-nominal')).toMatchObject({
      before: { value: first?.measures[1]?.estimate.kind === 'value' ? first.measures[1].estimate.value : 0 },
      after: { value: 1, interval: null },
      change: { value: expect.closeTo(2 / 8 / (42 / 56), 12) as number, units: 4, ratings: 16 },
    });
    // Of four phrases one names the same before (that which refers to nothing); after all do.
    expect(of(entities, 'percent-agreement')).toMatchObject({
      before: { value: 0.25 },
      after: { value: 1 },
      change: {
        value: 0.75,
        interval: null,
        whyNoInterval: 'only one document was compared, and one cannot show how far documents differ',
      },
    });
  });
});
