import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OwnChains } from '../own-chains.ts';
import { EMPTY } from './annotation.ts';
import { after, historyFrom } from './history.ts';
import { answersOf, asRead, chainsOf } from './partition.ts';
import { anyEntries, TEXT } from './testing/arbitrary-operations.ts';

describe('the partition of a whole-document pass', () => {
  it('is the one that its answers make, phrase by phrase', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        let history = historyFrom(EMPTY);
        for (const entry of entries) {
          const outcome = after(TEXT, history, entry);
          if (outcome.ok) history = outcome.done;
        }
        const { annotation } = history;
        const answers = answersOf(annotation);
        const own = new OwnChains(
          asRead(annotation).map(({ id }) => ({ key: id, answer: answers.get(id) ?? null })),
        );
        for (const { mentions } of chainsOf(annotation)) {
          for (const mention of mentions) expect(own.chainOf(mention)).toEqual(mentions);
        }
        for (const { id, standing } of annotation.mentions.values()) {
          if (standing.kind !== 'entity') expect(own.chainOf(id)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
