import { describe, expect, it } from 'vitest';
import { similarityRatingContract } from './contract.ts';
import type { Press } from '../web/block/keys.ts';
import { isTyped, pointOf, scalePoints, similarityRatingKeys, typedAfter, typedNumber } from './keys.ts';

const press = (key: string, code = '', held: Partial<Press> = {}): Press => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const keysOf = (low: number, high: number) => scalePoints({ low, high }).map(({ key }) => key);

describe('the keys of a scale', () => {
  it('are its own digits', () => {
    expect(keysOf(0, 6)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });
  it('put ten on 0 where the scale begins above it', () => {
    expect(keysOf(1, 10).at(-1)).toBe('0');
    expect(pointOf(press('0'), { low: 1, high: 10 })).toBe(10);
  });
  it('put ten on T where 0 is a point of the scale', () => {
    expect(keysOf(0, 10)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'T']);
    expect(pointOf(press('t'), { low: 0, high: 10 })).toBe(10);
    expect(pointOf(press('0'), { low: 0, high: 10 })).toBe(0);
  });
  it('are all different, for every scale', () => {
    for (let low = 0; low <= 9; low += 1) {
      for (let high = low + 1; high <= 10; high += 1) {
        expect(new Set(keysOf(low, high)).size).toBe(high - low + 1);
      }
    }
  });
});

describe('a press', () => {
  const scale = { low: 0, high: 6 };
  it('beyond the scale rates nothing, nor does one with Ctrl', () => {
    expect(pointOf(press('7'), scale)).toBeNull();
    expect(pointOf(press('3', 'Digit3', { ctrlKey: true }), scale)).toBeNull();
  });
  it('means the same under any layout', () => {
    expect(pointOf(press('"', 'Digit3'), scale)).toBe(3);
    expect(pointOf(press('٣', 'Digit3'), scale)).toBe(3);
  });
});

it('the help names the ends of the scale in the protocol’s words', () => {
  const [rate] = similarityRatingKeys(similarityRatingContract.exampleProtocol);
  expect(rate).toEqual({ keys: '0 – 6', does: 'Rate: 0 is not similar at all, 6 is nearly the same' });
});

it('points that are no digits are on the row of digits in order, one key each', () => {
  const halves = scalePoints({ low: 0, high: 4, step: 0.5 });
  expect(halves.map(({ value, key }) => `${key}: ${String(value)}`)).toEqual(
    '1: 0,2: 0.5,3: 1,4: 1.5,5: 2,6: 2.5,7: 3,8: 3.5,9: 4'.split(','),
  );
  expect(
    scalePoints({ low: -1, high: 1, step: 0.2 })
      .map(({ key }) => key)
      .join(''),
  ).toBe('1234567890T');
  expect(pointOf(press('2'), { low: 0, high: 4, step: 0.5 })).toBe(0.5);
});

describe('a scale of more than eleven points', () => {
  const scale = { low: 0, high: 10, step: 0.1 };
  it('has no keys for points: numbers are typed', () => {
    expect(isTyped(scale)).toBe(true);
    expect(isTyped({ low: 0, high: 10 })).toBe(false);
    expect(scalePoints(scale)).toEqual([]);
    expect(pointOf(press('7'), scale)).toBeNull();
  });
  it('takes digits and one dot, and takes back', () => {
    const typed = ['7', '.', '.', '5', 'x'].reduce((so, key) => typedAfter(so, key, scale) ?? so, '');
    expect(typed).toBe('7.5');
    expect(typedNumber(typed)).toBe(7.5);
    expect(typedAfter('7.5', 'Backspace', scale)).toBe('7.');
    expect(typedAfter('', 'Backspace', scale)).toBeNull();
    expect(typedAfter('', '-', scale)).toBeNull();
    expect(typedNumber('7,25')).toBe(7.25);
    expect(typedNumber('')).toBeNull();
    expect(typedNumber('-')).toBeNull();
  });
});
