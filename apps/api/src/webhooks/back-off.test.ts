import { describe, expect, it } from 'vitest';
import { MAXIMUM_TRIES, waitAfter } from './back-off.ts';

describe('the wait after a failed try', () => {
  it('never gets shorter, and at some time there is none any more', () => {
    const waits = Array.from({ length: MAXIMUM_TRIES }, (_, index) => waitAfter(index + 1, 0));
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000, null]);
  });

  it('is up to a tenth longer by chance', () => {
    expect(waitAfter(2, 0.5)).toBeCloseTo(315, 9);
  });
});
