import { itemIdSchema } from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import type { PlannedItem } from '../task-type-server.ts';
import { numberedId } from '../testing/arbitrary-items.ts';
import type { CoreferenceProtocol } from './contract.ts';
import { planCoreference } from './plan.ts';

/** A document whose paragraphs hold so many one-word mentions each. */
function item(number: number, ...paragraphs: number[]): PlannedItem {
  const ends = paragraphs.map((_, index) => paragraphs.slice(0, index + 1).reduce((sum, of) => sum + of, 0));
  const length = ends.at(-1) ?? 0;
  const document: DocumentContent = {
    tokens: Array.from({ length }, () => ({ text: 'x' })),
    sentences: [[0, length]],
    paragraphs: ends.map((end, index) => [ends[index - 1] ?? 0, end]),
    mentions: Array.from({ length }, (_, at) => ({ id: `m${at + 1}`, ranges: [[at, at + 1]] })),
    chains: [],
  };
  const id = itemIdSchema.parse(numberedId(number));
  return { id, name: `Case ${number}`, content: { kind: 'document', document } };
}

async function sections(
  items: readonly PlannedItem[],
  section: CoreferenceProtocol['section'],
  order: 'reading' | 'shuffled' = 'reading',
): Promise<[string, number][]> {
  async function* each(): AsyncGenerator<PlannedItem> {
    yield* items;
  }
  const plans: [string, number][] = [];
  const protocol: CoreferenceProtocol = {
    conference: { kind: 'none' },
    section,
    pass: { kind: 'steps' },
    corrections: 'tokens',
  };
  for await (const { name, units } of planCoreference(each(), { protocol, order, seed: 3 })) {
    plans.push([name, units.length]);
  }
  return plans;
}

describe('a plan of documents', () => {
  it('makes a section of each document', async () => {
    expect(await sections([item(1, 3, 4), item(2, 5)], { kind: 'document' })).toEqual([
      ['Case 1', 7],
      ['Case 2', 5],
    ]);
  });

  it('or cuts them at paragraphs, as near to the wanted number as these allow', async () => {
    expect(await sections([item(1, 4, 4, 4, 9, 1)], { kind: 'paragraphs', markables: 10 })).toEqual([
      ['Case 1 (1 of 2)', 12],
      ['Case 1 (2 of 2)', 10],
    ]);
    expect(await sections([item(1, 30, 2, 2)], { kind: 'paragraphs', markables: 10 })).toEqual([
      ['Case 1 (1 of 2)', 30],
      ['Case 1 (2 of 2)', 4],
    ]);
  });

  it('shuffles documents and never the sections within one', async () => {
    const items = Array.from({ length: 12 }, (_, index) => item(index + 1, 6, 6));
    const plans = await sections(items, { kind: 'paragraphs', markables: 5 }, 'shuffled');
    const names = plans.map(([name]) => name);
    expect(names).not.toEqual([...names].sort());
    for (const [place, name] of names.entries()) {
      if (name.endsWith('(1 of 2)')) expect(names[place + 1]).toBe(name.replace('(1 of', '(2 of'));
    }
  });
});
