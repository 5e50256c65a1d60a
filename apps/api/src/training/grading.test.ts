import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import { describe, expect, it } from 'vitest';
import { grade } from './grading.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [type] = [...taskTypeServers.values()].filter(({ contract }) => contract.name === 'coreference');
const itemId = itemIdSchema.parse(id(1));
const coder = memberIdSchema.parse(id(2));

/** Harrow … his … the inspector … it: the first three are one, the fourth has no gold. */
const NEW = { kind: 'new' };
const old = (...antecedents: string[]) => ({ kind: 'old', antecedents });
const units = [
  { key: 'harrow', gold: NEW },
  { key: 'his', gold: old('harrow') },
  { key: 'inspector', gold: old('his') },
  { key: 'it', gold: null },
].map(({ key, gold }, place) => ({
  id: unitIdSchema.parse(id(10 + place)),
  itemId,
  key,
  content: { ranges: [[place, place + 1]], text: key },
  gold,
}));

function graded(answers: Readonly<Record<string, unknown>>): Record<string, boolean> {
  const codings = units.flatMap(({ id: unitId, key, content: unit }) =>
    key in answers ? [{ unitId, itemId, key, unit, coder, answer: answers[key] }] : [],
  );
  if (type === undefined) throw new Error('there is no coreference');
  const of = grade(type, undefined, units, codings).get(coder);
  return Object.fromEntries(
    units.flatMap((unit) => {
      const right = of?.get(unit.id);
      return right === undefined ? [] : [[unit.key, right]];
    }),
  );
}

describe('grading against gold', () => {
  it('takes any mention of the right entity for right', () => {
    expect(graded({ harrow: NEW, his: old('harrow'), inspector: old('harrow') })).toEqual({
      harrow: true,
      his: true,
      inspector: true,
    });
  });

  it('tells right from wrong', () => {
    expect(graded({ harrow: { kind: 'non-referring' }, his: NEW, inspector: old('his') })).toEqual({
      harrow: false,
      his: false,
      inspector: true,
    });
  });

  it('says nothing of what has no gold or was not answered', () => {
    expect(graded({ it: NEW })).toEqual({});
  });
});
