import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rightToPass } from './pass-mark.ts';

describe('what must be right to pass', () => {
  it('is the mark’s share of what is asked, rounded up', () => {
    expect(rightToPass(0.7, 5)).toBe(4);
    expect(rightToPass(0.7, 10)).toBe(7);
    expect(rightToPass(1, 3)).toBe(3);
    expect(rightToPass(0, 3)).toBe(0);
  });

  it('is the least that the server lets pass', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (mark, asked) => {
          const needed = rightToPass(mark, asked);
          expect(needed >= mark * asked).toBe(true);
          expect(needed - 1 >= mark * asked).toBe(false);
        },
      ),
    );
  });
});
