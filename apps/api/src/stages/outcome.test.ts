import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { outcomesOf } from './outcome.ts';
import type { CountedAnswer } from './outcome.ts';

const unitId = unitIdSchema.parse(uuidv7());
const itemId = itemIdSchema.parse(uuidv7());

/** What becomes of a unit that so many gave one answer to and so many passed over. */
function stateOf(given: number, skipped: number): string | undefined {
  const answers: CountedAnswer[] = Array.from({ length: given }, () => ({
    ...{ unitId, itemId, key: 'he', unit: {}, answer: 'inspector' },
    coder: memberIdSchema.parse(uuidv7()),
    judgementId: uuidv7(),
    stage: 'annotation',
    rating: null,
  }));
  const readings = [{ key: 'inspector', answer: 'inspector', coders: answers.map(({ coder }) => coder) }];
  const [outcome] = outcomesOf(
    [unitId],
    [{ unitId, readings: given === 0 ? [] : readings, disagreement: null }],
    answers,
    [],
    null,
    new Map([[unitId, skipped]]),
  );
  return outcome?.state;
}

describe('one reading alone', () => {
  it('is agreed on where nobody passed the unit over', () => {
    expect(stateOf(3, 0)).toBe('agreed');
    expect(stateOf(1, 0)).toBe('agreed');
  });

  it('is agreed on where fewer passed it over than gave it', () => {
    expect(stateOf(2, 1)).toBe('agreed');
  });

  it('is not agreed on where as many or more could tell nothing', () => {
    expect(stateOf(1, 1)).toBe('disputed');
    expect(stateOf(1, 2)).toBe('disputed');
  });

  it('is settled all the same where it is certain enough', () => {
    expect(stateOf(3, 3)).toBe('settled');
  });
});

it('a unit that everybody passed over is unanswered', () => {
  expect(stateOf(0, 3)).toBe('unanswered');
});
