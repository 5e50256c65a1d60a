import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import { describe, expect, it } from 'vitest';
import type { CountedJudgements } from './codings.ts';
import { compareLooks } from './looks.ts';

/** A text of four phrases: Ann, she, her, the dog. Each look asks all of them. */

const id = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const coreference = taskTypeServers.get('coreference');
if (coreference === undefined) throw new Error('there is no coreference');
const protocol = coreference.contract.protocol.parse(coreference.contract.exampleProtocol);
const ANN = memberIdSchema.parse(id(901));
const BEN = memberIdSchema.parse(id(902));
const NEW = { kind: 'new' };
const old = (...antecedents: string[]) => ({ kind: 'old', antecedents });

/** What coders answered to m1, m2, …; undefined for nothing. */
function look(number: number, answers: ReadonlyMap<typeof ANN, readonly unknown[]>): CountedJudgements {
  return {
    units: ['Ann', 'she', 'her', 'the dog'].map((text, place) => ({
      id: unitIdSchema.parse(id(100 * number + place)),
      itemId: itemIdSchema.parse(id(1)),
      key: `m${String(place + 1)}`,
      content: { ranges: [[place, place + 1]], text },
      reference: null,
      codings: [...answers].flatMap(([coder, given]) =>
        given[place] === undefined ? [] : [{ coder, answer: given[place] }],
      ),
      ...{ kept: null, answers: [], validations: [], machines: [] },
    })),
    ...{ judgements: 0, upTo: null, outsideRevision: 0 },
  };
}

describe('answers that changed between two looks', () => {
  it('are those of another reading, each with what was said before and after, in reading order', () => {
    const first = look(1, new Map([[ANN, [NEW, NEW, old('m2'), old('m1')]]]));
    const second = look(2, new Map([[ANN, [NEW, old('m1'), old('m1'), NEW]]]));
    const { changes, cells, unpaired, views } = compareLooks(coreference, protocol, first, second, null);
    expect(changes).toEqual([
      { unitId: id(201), itemId: id(1), coder: ANN, before: NEW, after: old('m1') },
      { unitId: id(202), itemId: id(1), coder: ANN, before: old('m2'), after: old('m1') },
      { unitId: id(203), itemId: id(1), coder: ANN, before: old('m1'), after: NEW },
    ]);
    expect([cells, unpaired, views]).toEqual([4, 0, null]);
  });

  it('are not those that name the same entity by another of its mentions', () => {
    const first = look(1, new Map([[ANN, [NEW, old('m1'), old('m1')]]]));
    const second = look(2, new Map([[ANN, [NEW, old('m1'), old('m2')]]]));
    expect(compareLooks(coreference, protocol, first, second, null).changes).toEqual([]);
  });

  it('are of coders who answered in both looks, and of nobody else', () => {
    const first = look(1, new Map([[ANN, [NEW, NEW]]]));
    const second = look(
      2,
      new Map([
        [ANN, [NEW, old('m1'), NEW]],
        [BEN, [NEW, NEW, NEW]],
      ]),
    );
    const { changes, unpaired, coders } = compareLooks(coreference, protocol, first, second, null);
    expect(changes.map(({ unitId, coder }) => [unitId, coder])).toEqual([[id(201), ANN]]);
    expect([unpaired, coders]).toEqual([4, 1]);
  });
});
