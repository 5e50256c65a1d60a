import { taskStateSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { mayBecome, waysFrom } from './transitions.ts';

describe('the states of a task', () => {
  it('lead from a draft over opening and closing to the archive', () => {
    expect(mayBecome('draft', 'open')).toBe(true);
    expect(mayBecome('open', 'paused')).toBe(true);
    expect(mayBecome('paused', 'open')).toBe(true);
    expect(mayBecome('open', 'closed')).toBe(true);
    expect(mayBecome('closed', 'archived')).toBe(true);
  });

  it('never lead back into work once a task is closed, nor to a draft', () => {
    for (const state of taskStateSchema.options) expect(mayBecome(state, 'draft')).toBe(false);
    expect(mayBecome('closed', 'open')).toBe(false);
    expect(waysFrom('archived')).toBe('nothing any more');
  });
});
