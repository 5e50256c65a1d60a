import { memberIdSchema, itemIdSchema, unitIdSchema } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodedUnit, UnitReadings } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { coreferenceReadings } from './readings.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

const fresh: CoreferenceAnswer = { kind: 'new' };
const nobody: CoreferenceAnswer = { kind: 'non-referring' };
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });
const property = (...of: string[]): CoreferenceAnswer => ({ kind: 'property', of });

const numbered = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const itemId = itemIdSchema.parse(numbered(1));
const coderIds = ['Ada', 'Ben', 'Cyd', 'Dot', 'Eve'].map((name, index) => ({
  name,
  id: memberIdSchema.parse(numbered(100 + index)),
}));

/** Markable mN stands N tokens down the text. */
function unitOf(key: string): CoreferenceUnit {
  const place = Number(key.slice(1));
  return { ranges: [[place, place + 1]], text: key };
}

/** One row a coder: the answers to m1, m2, …; null where the coder gave none. */
function codings(table: readonly (readonly (CoreferenceAnswer | null)[])[]): Coding[] {
  return table.flatMap((answers, row) =>
    answers.flatMap((answer, index): Coding[] => {
      const coder = coderIds[row];
      if (answer === null || coder === undefined) return [];
      const key = `m${index + 1}`;
      return [
        {
          unitId: unitIdSchema.parse(numbered(1000 + index)),
          itemId,
          key,
          unit: unitOf(key),
          coder: coder.id,
          answer,
        },
      ];
    }),
  );
}

/** The readings of one markable as lists of coders, most supported first. */
function camps(readings: readonly UnitReadings<CoreferenceAnswer>[], key: string): string[][] {
  const unitId = numbered(999 + Number(key.slice(1)));
  const found = readings.find((unit) => unit.unitId === unitId);
  return (found?.readings ?? []).map(({ coders }) =>
    coders.map((coder) => coderIds.find(({ id }) => id === coder)?.name ?? ''),
  );
}

function answersOf(readings: readonly UnitReadings<CoreferenceAnswer>[], key: string): CoreferenceAnswer[] {
  const unitId = numbered(999 + Number(key.slice(1)));
  return (readings.find((unit) => unit.unitId === unitId)?.readings ?? []).map(({ answer }) => answer);
}

describe('two answers are the same reading', () => {
  it('when they point at different mentions of one entity', () => {
    const readings = coreferenceReadings(
      codings([
        [fresh, old('m1'), old('m1')],
        [fresh, old('m1'), old('m2')],
      ]),
    );
    expect(camps(readings, 'm3')).toEqual([['Ada', 'Ben']]);
    expect(readings.map(({ disagreement }) => disagreement)).toEqual([0, 0, 0]);
  });

  it('and the reading is said by the nearest mention', () => {
    const readings = coreferenceReadings(
      codings([
        [fresh, old('m1'), fresh, old('m1')],
        [fresh, old('m1'), fresh, old('m1')],
      ]),
    );
    expect(answersOf(readings, 'm4')).toEqual([old('m2')]);
  });

  it('not when they name different entities, or are of different kinds', () => {
    const readings = coreferenceReadings(
      codings([
        [fresh, fresh, old('m1')],
        [fresh, fresh, old('m2')],
        [fresh, fresh, property('m1')],
        [fresh, fresh, nobody],
        [fresh, fresh, fresh],
      ]),
    );
    expect(camps(readings, 'm3')).toEqual([['Eve'], ['Dot'], ['Ada'], ['Ben'], ['Cyd']]);
    expect(readings[2]?.disagreement).toBe(1);
  });

  it('when a plural names the same entities, by whichever mentions or through an earlier plural', () => {
    const readings = coreferenceReadings(
      codings([
        [fresh, fresh, old('m1'), old('m1', 'm2'), old('m4')],
        [fresh, fresh, old('m1'), old('m2', 'm3'), old('m1', 'm2')],
        [fresh, fresh, old('m1'), old('m2'), old('m2')],
      ]),
    );
    expect(camps(readings, 'm4')).toEqual([['Ada', 'Ben'], ['Cyd']]);
    expect(camps(readings, 'm5')).toEqual([['Ada', 'Ben'], ['Cyd']]);
    expect(answersOf(readings, 'm5')[0]).toEqual(old('m2', 'm3'));
  });
});

describe('an antecedent outside the reference entities', () => {
  it('is mapped by the largest overlap of the coder’s own chain', () => {
    // m3 is a property by majority; to Cyd it was m1, and so is what Cyd takes for m3.
    const readings = coreferenceReadings(
      codings([
        [fresh, fresh, property('m1'), old('m1')],
        [fresh, fresh, property('m1'), old('m2')],
        [fresh, fresh, old('m1'), old('m3')],
      ]),
    );
    expect(camps(readings, 'm4')).toEqual([['Ada', 'Cyd'], ['Ben']]);
  });

  it('goes to the nearest entity where the overlap is equal', () => {
    // Cyd runs together what the others keep apart: m1 and m2, one mention of each.
    const apart = [fresh, fresh, nobody];
    const readings = coreferenceReadings(
      codings([
        [...apart, old('m1')],
        [...apart, old('m2')],
        [fresh, old('m1'), old('m2'), old('m3')],
      ]),
    );
    expect(camps(readings, 'm4')).toEqual([['Ben', 'Cyd'], ['Ada']]);
  });

  it('goes to the larger overlap even where the other entity is nearer', () => {
    const apart = [fresh, old('m1'), fresh, nobody];
    const readings = coreferenceReadings(
      codings([
        [...apart, old('m1')],
        [...apart, old('m3')],
        [fresh, old('m1'), old('m1'), old('m1'), old('m4')],
      ]),
    );
    expect(camps(readings, 'm5')).toEqual([['Ada', 'Cyd'], ['Ben']]);
  });

  it('opens a reading of its own where there is no overlap', () => {
    const readings = coreferenceReadings(
      codings([
        [fresh, nobody, old('m1')],
        [fresh, nobody, old('m1')],
        [fresh, fresh, old('m2')],
      ]),
    );
    expect(camps(readings, 'm3')).toEqual([['Ada', 'Ben'], ['Cyd']]);
    expect(answersOf(readings, 'm3')[1]).toEqual(old('m2'));
  });

  it('opens two where two coders point at phrases that neither has joined', () => {
    const readings = coreferenceReadings(
      codings([
        [nobody, nobody, old('m1')],
        [nobody, nobody, old('m2')],
      ]),
    );
    expect(camps(readings, 'm3')).toEqual([['Ada'], ['Ben']]);
    expect(answersOf(readings, 'm3')).toEqual([old('m1'), old('m2')]);
  });

  it('means the same to coders whose chains around it share a phrase', () => {
    const majority = [fresh, nobody, nobody, fresh];
    const readings = coreferenceReadings(
      codings([
        majority,
        majority,
        majority,
        [fresh, fresh, old('m2'), old('m2')],
        [fresh, fresh, old('m2'), old('m3')],
      ]),
    );
    expect(camps(readings, 'm4')).toEqual([
      ['Ada', 'Ben', 'Cyd'],
      ['Dot', 'Eve'],
    ]);
  });

  it('becomes an entity where most point at it, judged or not', () => {
    const readings = coreferenceReadings(
      codings([
        [null, old('m1'), old('m1')],
        [null, old('m1'), old('m2')],
      ]),
    );
    expect(camps(readings, 'm3')).toEqual([['Ada', 'Ben']]);
    expect(answersOf(readings, 'm3')).toEqual([old('m2')]);
  });
});

describe('with reference answers', () => {
  it('antecedents resolve against them and not against the majority', () => {
    const judged = codings([
      [fresh, fresh, old('m2')],
      [fresh, fresh, old('m1')],
    ]);
    expect(camps(coreferenceReadings(judged), 'm3')).toHaveLength(2);
    const reference = new Map([['m2', { unit: unitOf('m2'), answer: old('m1') }]]);
    expect(camps(coreferenceReadings(judged, { reference }), 'm3')).toEqual([['Ada', 'Ben']]);
  });

  it('units count that nobody has judged', () => {
    const reference = new Map([
      ['m1', { unit: unitOf('m1'), answer: fresh }],
      ['m2', { unit: unitOf('m2'), answer: old('m1') }],
    ]);
    const judged = codings([
      [null, null, old('m1')],
      [null, null, old('m2')],
    ]);
    const readings = coreferenceReadings(judged, { reference });
    expect(camps(readings, 'm3')).toEqual([['Ada', 'Ben']]);
    expect(readings).toHaveLength(1);
  });
});

describe('where readings have probabilities', () => {
  it('antecedents resolve against the most probable one, and not against the most supported', () => {
    const judged = codings([
      [fresh, fresh, old('m2')],
      [fresh, fresh, old('m1')],
      [fresh, old('m1'), old('m1')],
    ]);
    expect(camps(coreferenceReadings(judged), 'm3')).toHaveLength(2);
    const mostProbable = (unitId: string) =>
      unitId === numbered(1001) ? JSON.stringify(['old', 'm1']) : undefined;
    expect(camps(coreferenceReadings(judged, { mostProbable }), 'm3')).toEqual([['Ada', 'Ben', 'Cyd']]);
  });

  it('what validators answered instead makes a reading, and no disagreement among annotators', () => {
    const judged = codings([[fresh], [fresh], [nobody]]).map((coding, row) =>
      row === 2 ? { ...coding, informed: true as const } : coding,
    );
    const [unit] = coreferenceReadings(judged);
    expect(unit?.readings).toHaveLength(2);
    expect(unit?.disagreement).toBe(0);
  });
});

/** Up to five coders over up to twelve markables; a few judgements are missing. */
const someTable = fc.integer({ min: 1, max: 12 }).chain((length) =>
  fc.array(
    fc.tuple(
      ...Array.from({ length }, (_, index): fc.Arbitrary<CoreferenceAnswer | null> => {
        if (index === 0) return fc.constantFrom(fresh, nobody, null);
        const earlier = fc.uniqueArray(
          fc.integer({ min: 1, max: index }).map((at) => `m${at}`),
          { minLength: 1, maxLength: 3 },
        );
        return fc.oneof(
          { weight: 2, arbitrary: fc.constantFrom(fresh, nobody, null) },
          { weight: 4, arbitrary: earlier.map((keys) => old(...keys)) },
          { weight: 1, arbitrary: earlier.map((keys) => property(...keys)) },
        );
      }),
    ),
    { minLength: 1, maxLength: coderIds.length },
  ),
);

describe('readings of any answers', () => {
  it('are an equivalence: they part the answers to a unit, each standing in exactly one reading', () => {
    fc.assert(
      fc.property(someTable, (table) => {
        const judged = codings(table);
        const readings = coreferenceReadings(judged);
        for (const { unitId, readings: ofUnit, disagreement } of readings) {
          const coders = judged.filter((coding) => coding.unitId === unitId).map(({ coder }) => coder);
          expect(ofUnit.flatMap((reading) => reading.coders).sort()).toEqual(coders.sort());
          expect(new Set(ofUnit.map(({ key }) => key)).size).toBe(ofUnit.length);
          if (disagreement !== null) {
            expect(disagreement).toBeGreaterThanOrEqual(0);
            expect(disagreement).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('do not depend on the order of coders, nor on the order in which judgements arrive', () => {
    fc.assert(
      fc.property(
        someTable.chain((table) => {
          const judged = codings(table);
          return fc.tuple(fc.constant(judged), fc.shuffledSubarray(judged, { minLength: judged.length }));
        }),
        ([judged, shuffled]) => {
          expect(coreferenceReadings(shuffled)).toEqual(coreferenceReadings(judged));
        },
      ),
    );
  });

  it('of one coder, copied, are one reading a unit, by which the same entities are named again', () => {
    fc.assert(
      fc.property(someTable, ([answers = []]) => {
        const readings = coreferenceReadings(codings([answers, answers, answers]));
        for (const { readings: ofUnit, disagreement } of readings) {
          expect(ofUnit).toHaveLength(1);
          expect(disagreement).toBe(0);
        }
        const said = readings.map(({ unitId, readings: [only] }) => [unitId, only?.answer] as const);
        const again = answers.map(
          (_, index) => new Map(said).get(unitIdSchema.parse(numbered(1000 + index))) ?? null,
        );
        const keys = (of: readonly UnitReadings<CoreferenceAnswer>[]): string[] =>
          of.map(({ readings: [only] }) => only?.key ?? '');
        expect(keys(coreferenceReadings(codings([again])))).toEqual(keys(readings));
      }),
    );
  });

  it('are the same once more, however often they are made', () => {
    fc.assert(
      fc.property(someTable, (table) => {
        const judged = codings(table);
        expect(coreferenceReadings(judged)).toEqual(coreferenceReadings(judged));
      }),
    );
  });

  it('depend on entities alone: pointing at another mention of the same entity changes nothing', () => {
    const oneEntity = fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 10 });
    fc.assert(
      fc.property(oneEntity, fc.infiniteStream(fc.nat()), (entities, choices) => {
        // Two coders agree on who is who, and each points at whichever earlier mention comes to mind.
        const answers = (): CoreferenceAnswer[] =>
          entities.map((entity, index) => {
            const earlier = entities.flatMap((other, at) =>
              other === entity && at < index ? [`m${at + 1}`] : [],
            );
            const chosen = earlier[(choices.next().value ?? 0) % Math.max(1, earlier.length)];
            return chosen === undefined ? fresh : old(chosen);
          });
        for (const unit of coreferenceReadings(codings([answers(), answers()]))) {
          expect(unit.readings).toHaveLength(1);
        }
      }),
    );
  });
});

describe('kept answers', () => {
  type Reference = ReadonlyMap<string, { unit: CoreferenceUnit; answer: CoreferenceAnswer }>;
  /** Who gave the readings of the fourth markable that some answers come to. */
  function keptBy(said: readonly Coding[], kept: readonly CoreferenceAnswer[], reference?: Reference) {
    const context = reference === undefined ? {} : { reference };
    const readings = coreferenceReadings(said, { ...context, kept: new Map([['m4', kept]]) });
    expect(readings.map(({ kept: _, ...unit }) => unit)).toEqual(coreferenceReadings(said, context));
    const found = readings.find(({ unitId }) => unitId === numbered(1003));
    return (found?.kept ?? []).map(
      (key) =>
        found?.readings
          .find((reading) => reading.key === key)
          ?.coders.map((coder) => coderIds.find(({ id }) => id === coder)?.name) ?? null,
    );
  }
  const said = codings([
    [fresh, fresh, old('m1'), old('m1')],
    [fresh, fresh, old('m1'), old('m3')],
    [fresh, fresh, old('m1'), old('m2')],
    [fresh, fresh, old('m1'), fresh],
  ]);

  it('come to the reading of whoever named the same entity, by whatever mention', () => {
    expect(keptBy(said, [old('m1')])).toEqual([['Ada', 'Ben']]);
    expect(keptBy(said, [old('m3')])).toEqual([['Ada', 'Ben']]);
    expect(keptBy(said, [fresh])).toEqual([['Dot']]);
  });

  it('come to several readings, or to none that anybody gave', () => {
    expect(keptBy(said, [fresh, old('m2')])).toEqual([['Dot'], ['Cyd']]);
    expect(keptBy(said, [nobody])).toEqual([null]);
    expect(keptBy(said, [old('m1', 'm2'), old('m2')])).toEqual([null, ['Cyd']]);
  });

  it('find antecedents outside all reference entities in the chains of coders', () => {
    const loose = codings([
      [nobody, fresh, nobody, old('m2')],
      [nobody, nobody, nobody, old('m3')],
    ]);
    const reference = new Map(
      ['m1', 'm2', 'm3'].map((key) => [key, { unit: unitOf(key), answer: nobody }] as const),
    );
    expect(keptBy(loose, [old('m3')], reference)).toEqual([['Ben']]);
    expect(keptBy(loose, [old('m2')], reference)).toEqual([['Ada']]);
    expect(keptBy(loose, [old('m1')], reference)).toEqual([null]);
  });
});
