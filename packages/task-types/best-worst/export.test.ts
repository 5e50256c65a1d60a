import { bestWorstCounting } from '@casebook/agreement';
import { itemIdSchema, unitIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import type { TaskExport, UnitExport } from '../task-type-server.ts';
import { numberedId } from '../testing/arbitrary-items.ts';
import { coderAt } from '../testing/codings.ts';
import type { BestWorstAnswer, BestWorstUnit } from './contract.ts';
import { bestWorstChoices, bestWorstTable } from './export.ts';

type Exported = UnitExport<BestWorstUnit, BestWorstAnswer>;

const WORDS = [
  ['cup', 'mug'],
  ['=fog', 'tea|pot'],
  ['ask', 'tell'],
  ['cup', 'mug'],
  ['lamp', 'sun'],
] as const;
const pairAt = (place: number) => {
  const [word1, word2] = WORDS[place] ?? ['', ''];
  return { id: itemIdSchema.parse(numberedId(place)), word1, word2 };
};

function tuple(number: number, places: readonly number[], answers: readonly BestWorstAnswer[]): Exported {
  const [first = 0] = places;
  const pairs = places.map(pairAt);
  const { word1, word2, id } = pairAt(first);
  return {
    item: { id, name: word1, content: { kind: 'word-pair', pair: { word1, word2 } } },
    units: [
      {
        unitId: unitIdSchema.parse(numberedId(100 + number)),
        key: `tuple-${number}`,
        unit: { pairs },
        decided: false,
        readings: answers.map((answer, coder) => ({
          key: String(coder),
          answer,
          coders: [coderAt(coder)],
        })),
      },
    ],
  };
}

const choice = (best: number, worst: number): BestWorstAnswer => ({ kind: 'best-worst', best, worst });
const NAMES = new Map([
  [coderAt(0), 'Ada'],
  [coderAt(1), 'Ben'],
]);

async function written(
  format: TaskExport<BestWorstUnit, BestWorstAnswer>,
  ...tuples: Exported[]
): Promise<string[]> {
  async function* each(): AsyncGenerator<Exported> {
    yield* tuples;
  }
  let text = '';
  for await (const piece of format.write(each(), NAMES)) text += piece;
  return text.trimEnd().split(/\r?\n/u);
}

const TUPLES = [
  tuple(2, [4, 1, 0, 2], [choice(3, 2), { kind: 'unknown-word' }]),
  tuple(1, [0, 1, 2, 3], [choice(1, 2), choice(4, 2)]),
];

describe('the table of scores', () => {
  it('has a row a pair, with (best − worst) / shown, in the order of the list', async () => {
    expect(await written(bestWorstTable, ...TUPLES)).toEqual([
      'word1\tword2\tPOS\tscore\tshown\tbest\tworst\tpair',
      `cup\tmug\t\t${2 / 3}\t3\t2\t0\t1:cup – mug`,
      "'=fog\ttea|pot\t\t-1\t3\t0\t3\t2:=fog – tea¦pot",
      'ask\ttell\t\t0\t3\t0\t0\t3:ask – tell',
      'cup\tmug\t\t0.5\t2\t1\t0\t4:cup – mug',
      'lamp\tsun\t\t0\t1\t0\t0\t5:lamp – sun',
    ]);
  });

  it('has pairs that nobody judged, without a score', async () => {
    const [, first] = await written(bestWorstTable, tuple(1, [0, 1, 2, 3], []));
    expect(first).toBe('cup\tmug\t\t\t0\t0\t0\t1:cup – mug');
  });
});

describe('the choices', () => {
  it('are a row a tuple and coder, and count to the scores of the table', async () => {
    const [header, ...rows] = await written(bestWorstChoices, ...TUPLES);
    expect(header).toBe('tuple,coder,items,best,worst');
    expect(rows[0]).toBe(
      'tuple-1,Ada,1:cup – mug|2:=fog – tea¦pot|3:ask – tell|4:cup – mug,1:cup – mug,2:=fog – tea¦pot',
    );
    expect(rows).toHaveLength(3);
    const { scores } = bestWorstCounting(
      rows.map((row) => {
        const [, , items = '', best = '', worst = ''] = row.split(',');
        return { items: items.split('|'), best, worst };
      }),
    );
    const table = await written(bestWorstTable, ...TUPLES);
    for (const row of table.slice(1)) {
      const cells = row.split('\t');
      expect(scores.get(cells[7] ?? '')).toBe(Number(cells[3]));
    }
  });
});
