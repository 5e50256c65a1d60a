import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import { describe, expect, it } from 'vitest';
import { outcomesOf } from '../stages/outcome.ts';
import type { CountedAnswer, CountedValidation } from '../stages/outcome.ts';
import { publishedReadings } from './published.ts';
import { readingsOfItem } from './readings-of-item.ts';
import type { UnitToRead } from './readings-of-item.ts';

const type = taskTypeServers.get('coreference');
if (type === undefined) throw new Error('there is no such type');
const protocol = type.contract.exampleProtocol;

const numbered = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const coder = (number: number) => memberIdSchema.parse(numbered(100 + number));
const itemId = itemIdSchema.parse(numbered(1));
const judgementOf = (row: number, place: number): string => numbered(10_000 + row * 100 + place);

const fresh = { kind: 'new' };
const nobody = { kind: 'non-referring' };
const old = (...antecedents: string[]) => ({ kind: 'old', antecedents });

type Known = Partial<Pick<UnitToRead, 'reference' | 'kept'>>;
/** What is known of m1, m2, …, as a decision has it or as gold does. */
const decided = (...kept: readonly unknown[]): Known => ({ kept, reference: kept[0] });
const gold = (reference: unknown): Known => ({ reference });

const unitsOf = (count: number, known: Readonly<Record<string, Known>> = {}): UnitToRead[] =>
  Array.from({ length: count }, (_, at) => {
    const key = `m${String(at + 1)}`;
    return {
      ...{ id: unitIdSchema.parse(numbered(1001 + at)), key, content: { ranges: [[at, at + 1]], text: key } },
      ...{ reference: null, kept: null, ...known[key] },
    };
  });

/** One row a coder, the answers to m1, m2, …; rows from `validators` on were given instead of what was shown. */
const answersOf = (
  units: readonly UnitToRead[],
  table: readonly (readonly unknown[])[],
  validators = table.length,
): CountedAnswer[] =>
  table.flatMap((row, number) =>
    row.flatMap((answer, place): CountedAnswer[] => {
      const unit = units[place];
      if (unit === undefined || answer === null) return [];
      return [
        {
          ...{ unitId: unit.id, itemId, key: unit.key, unit: unit.content, coder: coder(number), answer },
          ...{ judgementId: judgementOf(number, place), rating: null },
          stage: number < validators ? 'annotation' : 'validation',
        },
      ];
    }),
  );

const verdict = (
  by: number,
  said: CountedValidation['verdict'],
  units: readonly UnitToRead[],
  [row, place]: readonly [number, number],
): CountedValidation[] => {
  const unit = units[place];
  return unit === undefined
    ? []
    : [
        {
          ...{ unitId: unit.id, judgementId: judgementOf(row, place), coder: coder(by), verdict: said },
          rating: null,
        },
      ];
};

const published = (
  units: readonly UnitToRead[],
  answers: readonly CountedAnswer[],
  validations: readonly CountedValidation[] = [],
) =>
  publishedReadings(type, protocol, units, answers, validations).map(({ readings }) =>
    readings.map(({ answer }) => answer),
  );

describe('what is published of a unit', () => {
  it('is the most probable reading, with what validators say', () => {
    const units = unitsOf(2);
    const answers = answersOf(units, [
      [fresh, fresh],
      [fresh, fresh],
      [fresh, old('m1')],
    ]);
    const verdicts = [3, 4, 5].flatMap((by) => [
      ...verdict(by, 'agree', units, [2, 1]),
      ...verdict(by, 'disagree', units, [0, 1]),
    ]);
    expect(published(units, answers)[1]?.[0]).toEqual(fresh);
    expect(published(units, answers, verdicts)[1]?.[0]).toEqual(old('m1'));
    const readings = readingsOfItem(type, protocol, units, answers, verdicts);
    const ids = units.map(({ id }) => id);
    const outcome = outcomesOf(ids, readings, answers, verdicts, null);
    expect(outcome[1]?.readings[0]?.answer).toEqual(old('m1'));
  });

  it('is what later phrases resolve to, not what was voted down', () => {
    // Two take m2 for somebody new, one and the validators for m1; m3 is m1 to all, by one mention or the other.
    const units = unitsOf(3);
    const answers = answersOf(units, [
      [fresh, fresh, old('m1')],
      [fresh, fresh, old('m1')],
      [fresh, old('m1'), old('m2')],
    ]);
    const verdicts = [3, 4, 5].flatMap((by) => verdict(by, 'agree', units, [2, 1]));
    expect(published(units, answers)[2]).toHaveLength(2);
    expect(published(units, answers, verdicts)[2]).toEqual([old('m2')]);
  });

  it('is a validator’s answer where that is what most agree on', () => {
    const units = unitsOf(1);
    const answers = answersOf(units, [[fresh], [nobody], [old('x')], [old('x')], [old('x')]], 2);
    const against = [2, 3, 4].flatMap((by) => [
      ...verdict(by, 'disagree', units, [0, 0]),
      ...verdict(by, 'disagree', units, [1, 0]),
    ]);
    expect(published(units, answers, against)[0]?.[0]).toEqual(old('x'));
  });
});

describe('where an adjudicator decided', () => {
  const table = [
    [fresh, fresh, old('m1')],
    [fresh, fresh, old('m1')],
    [fresh, old('m1'), old('m2')],
  ];

  it('what he kept is published in his order, also what nobody had said', () => {
    const units = unitsOf(3, { m2: decided(nobody, old('m1')) });
    expect(published(units, answersOf(units, table))[1]).toEqual([nobody, old('m1')]);
    const other = unitsOf(3, { m2: decided(old('m1'), nobody, fresh) });
    expect(published(other, answersOf(other, table))[1]).toEqual([old('m1'), nobody, fresh]);
  });

  it('a majority that he rejected is no reference: later phrases resolve to what he kept', () => {
    const units = unitsOf(3, { m2: decided(old('m1'), nobody) });
    expect(published(units, answersOf(units, table))[2]).toEqual([old('m2')]);
  });

  it('once only, where two that he kept come to one reading', () => {
    const units = unitsOf(3, { m3: decided(old('m1'), old('m2')), m2: decided(old('m1')) });
    expect(published(units, answersOf(units, table))[2]).toEqual([old('m2')]);
  });
});

describe('where there is gold', () => {
  it('it is not published, and no chain is made through it', () => {
    // By gold m2 is m1. To the coders it is somebody new, and m3 is m1: it must not come out as m2.
    const units = unitsOf(3, { m1: gold(fresh), m2: gold(old('m1')) });
    const answers = answersOf(units, [
      [fresh, fresh, old('m1')],
      [fresh, fresh, old('m1')],
    ]);
    expect(published(units, answers)).toEqual([[fresh], [fresh], [old('m1')]]);
  });

  it('the reading that it joins together is chosen, and said by one of its coders’ own', () => {
    // By gold m2 is m1, so that the first two agree against the third.
    const units = unitsOf(4, { m2: gold(old('m1')) });
    const answers = answersOf(units, [
      [fresh, fresh, fresh, old('m1')],
      [fresh, fresh, fresh, old('m2')],
      [fresh, fresh, fresh, old('m3')],
    ]);
    expect(readingsOfItem(type, protocol, units, answers, [])[3]?.readings).toHaveLength(2);
    expect([old('m1'), old('m2')]).toContainEqual(published(units, answers)[3]?.[0]);
  });
});
