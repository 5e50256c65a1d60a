import { bradleyTerry, scoresByItem } from '@casebook/agreement';
import { itemIdSchema, unitIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import type { TaskExport, UnitExport } from '../task-type-server.ts';
import { numberedId } from '../testing/arbitrary-items.ts';
import { coderAt } from '../testing/codings.ts';
import type { SimilarityComparisonAnswer, SimilarityComparisonUnit } from './contract.ts';
import { comparisonRows, comparisonTable } from './export.ts';

type Exported = UnitExport<SimilarityComparisonUnit, SimilarityComparisonAnswer>;
type Kind = SimilarityComparisonAnswer['kind'];

const pair = (number: number) => ({
  id: itemIdSchema.parse(numberedId(number)),
  word1: `left${number}`,
  word2: `right${number}`,
});

/** Comparison `number` of pairs one and other, with what coders 0, 1, … said. */
function compared(number: number, one: number, other: number, ...kinds: Kind[]): Exported {
  const first = pair(one);
  return {
    item: {
      id: first.id,
      name: first.word1,
      content: { kind: 'word-pair', pair: { word1: first.word1, word2: first.word2 } },
    },
    units: [
      {
        unitId: unitIdSchema.parse(numberedId(100 + number)),
        key: `comparison-${number}`,
        unit: { first, second: pair(other) },
        decided: false,
        readings: kinds.map((kind, coder) => ({ key: kind, answer: { kind }, coders: [coderAt(coder)] })),
      },
    ],
  };
}

async function written(
  format: TaskExport<SimilarityComparisonUnit, SimilarityComparisonAnswer>,
  ...comparisons: Exported[]
): Promise<string[][]> {
  async function* each(): AsyncGenerator<Exported> {
    yield* comparisons;
  }
  let text = '';
  const names = new Map([
    [coderAt(0), 'Ada'],
    [coderAt(1), 'Ben'],
  ]);
  for await (const piece of format.write(each(), names)) text += piece;
  return text
    .trimEnd()
    .split(/\r?\n/u)
    .map((line) => line.split(/[\t,]/u));
}

const THREE = [
  compared(1, 1, 2, 'first', 'second'),
  compared(2, 2, 3, 'first', 'same'),
  compared(3, 3, 1, 'second', 'first'),
  compared(4, 4, 5, 'first', 'second'),
];

describe('the table of compared pairs', () => {
  it('has the share of wins, the same counted as half, and the counts', async () => {
    const [header, ...rows] = await written(comparisonTable, ...THREE);
    expect(header).toEqual('word1 word2 POS score strength comparisons wins same pair'.split(' '));
    expect(
      rows.map(([word1, , , score, , comparisons, wins, same]) => [word1, score, comparisons, wins, same]),
    ).toEqual([
      ['left1', '0.5', '4', '2', '0'],
      ['left2', '0.625', '4', '2', '1'],
      ['left3', '0.375', '4', '1', '1'],
      ['left4', '0.5', '2', '1', '0'],
      ['left5', '0.5', '2', '1', '0'],
    ]);
  });

  it('has the strengths that its comparisons give, apart for pairs that nothing connects', async () => {
    const [, ...table] = await written(comparisonTable, ...THREE);
    const [header, ...rows] = await written(comparisonRows, ...THREE);
    expect(header).toEqual(['winner', 'loser', 'coder']);
    expect(rows).toHaveLength(7);
    expect(rows[0]).toEqual(['1:left1 – right1', '2:left2 – right2', 'Ada']);
    const among = (names: readonly string[]) =>
      scoresByItem(
        bradleyTerry(
          rows.flatMap(([winner = '', loser = '']) =>
            names.some((name) => winner.startsWith(name)) ? [{ winner, loser }] : [],
          ),
        ),
      );
    const strengths = new Map([...among(['1:', '2:', '3:']), ...among(['4:', '5:'])]);
    expect(strengths.size).toBe(5);
    for (const row of table) expect(Number(row[4])).toBe(strengths.get(row[8] ?? ''));
  });

  it('has no strength where one has won all, and no score where nothing was compared', async () => {
    const [, winner] = await written(comparisonTable, compared(1, 1, 2, 'first'));
    expect(winner?.slice(3)).toEqual(['1', '', '1', '1', '0', '1:left1 – right1']);
    const [, nobody] = await written(comparisonTable, compared(1, 1, 2, 'unknown-word'));
    expect(nobody?.slice(3)).toEqual(['', '', '0', '0', '0', '1:left1 – right1']);
  });
});
