import { describe, expect, it } from 'vitest';
import { NOTHING_PICKED, pick, placeOf } from './keys.ts';
import type { Press } from '../web/block/keys.ts';

const press = (key: string, code: string, held: Partial<Press> = {}): Press => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('choosing of a tuple', () => {
  it('goes to the best first, then to the worst', () => {
    const best = pick(NOTHING_PICKED, 2);
    expect(best).toEqual({ best: 2, worst: null });
    expect(pick(best, 4)).toEqual({ best: 2, worst: 4 });
  });
  it('is taken back by the same again', () => {
    expect(pick({ best: 2, worst: null }, 2)).toEqual(NOTHING_PICKED);
    expect(pick({ best: null, worst: 3 }, 3)).toEqual(NOTHING_PICKED);
    expect(pick({ best: null, worst: 3 }, 3, 'worst')).toEqual(NOTHING_PICKED);
  });
  it('of the worst may come first', () => {
    const worst = pick(NOTHING_PICKED, 3, 'worst');
    expect(worst).toEqual({ best: null, worst: 3 });
    expect(pick(worst, 1)).toEqual({ best: 1, worst: 3 });
  });
  it('never makes one pair both', () => {
    expect(pick({ best: 3, worst: null }, 3, 'worst')).toEqual({ best: null, worst: 3 });
    expect(pick({ best: null, worst: 1 }, 1, 'best')).toEqual({ best: 1, worst: null });
  });
});

describe('a press', () => {
  it('is on the pair of its digit, under any layout, and on none beyond the tuple', () => {
    expect(placeOf(press('3', 'Digit3'), 4)).toEqual({ place: 3 });
    expect(placeOf(press('"', 'Digit3'), 4)).toEqual({ place: 3 });
    expect(placeOf(press('5', 'Digit5'), 4)).toBeNull();
    expect(placeOf(press('0', 'Digit0'), 4)).toBeNull();
    expect(placeOf(press('k', 'KeyK'), 4)).toBeNull();
  });
  it('with Shift means the worst', () => {
    expect(placeOf(press('!', 'Digit1', { shiftKey: true }), 4)).toEqual({ place: 1, role: 'worst' });
  });
});
