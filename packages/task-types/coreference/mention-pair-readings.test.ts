import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import type { CodedUnit } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { mentionPairReadings } from './mention-pair-readings.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

const numbered = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const fresh: CoreferenceAnswer = { kind: 'new' };
const old = (place: number): CoreferenceAnswer => ({ kind: 'old', antecedents: [`m${String(place)}`] });

function coding(document: number, place: number, coder: number, answer: CoreferenceAnswer): Coding {
  return {
    unitId: unitIdSchema.parse(numbered(document * 1000 + place)),
    itemId: itemIdSchema.parse(numbered(document)),
    key: `m${String(place)}`,
    unit: { ranges: [[place, place + 1]], text: `m${String(place)}` },
    coder: memberIdSchema.parse(numbered(900_000 + coder)),
    answer,
  };
}

/** One row a coder: the answers to m0, m1, … */
function table(document: number, rows: readonly (readonly CoreferenceAnswer[])[]): Coding[] {
  return rows.flatMap((answers, coder) =>
    answers.map((answer, place) => coding(document, place, coder, answer)),
  );
}

/** What the careful, the careless and the third coder say of a document: m0 and m1 are new, the others go back to m0. */
function threeCoders(document: number, last: readonly [CoreferenceAnswer, ...CoreferenceAnswer[]]): Coding[] {
  const careful = [fresh, fresh, old(0), old(0), old(0), last[0]];
  const careless = [fresh, fresh, old(0), old(1), fresh, last[1] ?? last[0]];
  const alike = [fresh, fresh, old(0), fresh, old(1), last[2] ?? last[0]];
  return table(document, [careful, careless, alike]);
}

const best = (coded: readonly (readonly Coding[])[]) =>
  mentionPairReadings(coded).documents.map((units) =>
    units.map(({ key, readings: [first] }) => [key, first?.answer]),
  );

describe('readings weighed by the mention-pair model', () => {
  it('are those of all where all agree, and hardly in doubt', () => {
    const coded = Array.from({ length: 6 }, (_, document) => threeCoders(document + 1, [old(0)]));
    const { documents, settled } = mentionPairReadings(coded);
    expect(settled).toBe(true);
    const agreed = documents.map((units) => units[2]?.readings);
    for (const readings of agreed) {
      expect(readings).toHaveLength(1);
      expect(readings?.[0]?.answer).toEqual(old(0));
      expect(readings?.[0]?.posterior).toBeGreaterThan(0.8);
    }
  });

  it('count answers that name one entity by different mentions as one', () => {
    const coded = [threeCoders(1, [old(0), old(2), old(2)])];
    const last = mentionPairReadings(coded).documents[0]?.[5];
    expect(last?.readings).toHaveLength(1);
    expect(last?.readings[0]?.coders).toHaveLength(3);
  });

  it('believe a coder who was right wherever it can be seen', () => {
    // Two more coders side with the careful one in most documents; in the last there are only the three.
    const trained = Array.from({ length: 12 }, (_, document) => {
      const three = threeCoders(document + 1, [old(0), fresh, old(1)]);
      const careful = [fresh, fresh, old(0), old(0), old(0), old(0)];
      return [
        ...three,
        ...[3, 4].flatMap((coder) =>
          careful.map((answer, place) => coding(document + 1, place, coder, answer)),
        ),
      ];
    });
    const disputed = threeCoders(99, [old(0), fresh, fresh]);
    const { documents, coders } = mentionPairReadings([...trained, disputed]);
    const last = documents.at(-1)?.[5];
    expect(last?.readings[0]?.answer.kind).toBe('old');
    expect(last?.readings[0]?.coders).toEqual([memberIdSchema.parse(numbered(900_000))]);
    const sensitivity = (coder: number) =>
      coders.get(memberIdSchema.parse(numbered(900_000 + coder)))?.['old']?.sensitivity ?? Number.NaN;
    expect(sensitivity(0)).toBeGreaterThan(0.9);
    expect(sensitivity(1)).toBeLessThan(0.6);
  });

  it('do not hang on the order of documents or coders', () => {
    const coded = Array.from({ length: 5 }, (_, document) =>
      threeCoders(document + 1, document % 2 === 0 ? [old(0)] : [old(0), fresh, old(1)]),
    );
    const turned = [...coded].reverse().map((codings) => [...codings].reverse());
    expect(best(turned).reverse()).toEqual(best(coded));
  });
});
