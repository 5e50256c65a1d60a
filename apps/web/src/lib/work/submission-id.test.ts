import { describe, expect, it } from 'vitest';
import { submissionIds } from './submission-id.ts';

describe('submission ids', () => {
  it('are UUIDv7 that carry the time', () => {
    const id = submissionIds(() => 0x0192_f0e1_d2c3)();
    expect(id).toMatch(/^0192f0e1-d2c3-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  });

  it('sort in the order in which they were made, also within a millisecond and past the counter’s end', () => {
    const make = submissionIds(() => 1_700_000_000_000);
    const ids = Array.from({ length: 10_000 }, make);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sort in the order in which they were made when the clock is set back', () => {
    let clock = 1_700_000_000_000;
    const make = submissionIds(() => (clock -= 1000));
    const ids = Array.from({ length: 50 }, make);
    expect([...ids].sort()).toEqual(ids);
  });
});
