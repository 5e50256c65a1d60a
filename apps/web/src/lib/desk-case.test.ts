import type { DeskCase } from '@casebook/contracts';
import { taskIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { caseAddress, toDoWith } from './desk-case.ts';

const id = (n: number) => taskIdSchema.parse(`01900000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const fresh = { projectId: 'p', taskId: id(1), judged: 0, held: 0, training: null };
const training: DeskCase['training'] = { taskId: id(2), asked: 5, best: null };

describe('a case on the desk', () => {
  it('leads to its work', () => {
    expect(caseAddress(fresh)).toBe(`/work/p/${id(1)}`);
    expect(toDoWith(fresh)).toBe('Open the case');
    expect(toDoWith({ ...fresh, judged: 2, held: 5 })).toBe('Continue');
    expect(toDoWith({ ...fresh, judged: 5, held: 5 })).toBe('Next file');
  });

  it('leads to its training as long as that is not passed', () => {
    expect(caseAddress({ ...fresh, training })).toBe(`/training/p/${id(2)}`);
    expect(toDoWith({ ...fresh, training })).toBe('Begin the training');
    expect(toDoWith({ ...fresh, training: { ...training, best: { asked: 5, right: 2 } } })).toBe(
      'Train once more',
    );
  });
});
