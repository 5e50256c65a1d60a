import { describe, expect, it } from 'vitest';
import { similarityRatingContract } from './contract.ts';
import { commandOf, scalePoints, similarityRatingKeys, type Press } from './keys.ts';

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
    expect(commandOf(press('0'), { low: 1, high: 10 })).toEqual({ kind: 'rate', value: 10 });
  });
  it('put ten on T where 0 is a point of the scale', () => {
    expect(keysOf(0, 10)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'T']);
    expect(commandOf(press('t'), { low: 0, high: 10 })).toEqual({ kind: 'rate', value: 10 });
    expect(commandOf(press('0'), { low: 0, high: 10 })).toEqual({ kind: 'rate', value: 0 });
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
  it('beyond the scale rates nothing', () => {
    expect(commandOf(press('7'), scale)).toBeNull();
  });
  it.each([
    ['k', 'unknown-word'],
    ['U', 'undo'],
    ['s', 'skip'],
    ['c', 'comment'],
  ])('%s: %s', (key, kind) => {
    expect(commandOf(press(key), scale)).toEqual({ kind });
  });
  it('means the same under any layout', () => {
    expect(commandOf(press('"', 'Digit3'), scale)).toEqual({ kind: 'rate', value: 3 });
    expect(commandOf(press('л', 'KeyK'), scale)).toEqual({ kind: 'unknown-word' });
    expect(commandOf(press('٣', 'Digit3'), scale)).toEqual({ kind: 'rate', value: 3 });
  });
  it('with Ctrl is the browser’s, but for undo; ? is help’s', () => {
    expect(commandOf(press('3', 'Digit3', { ctrlKey: true }), scale)).toBeNull();
    expect(commandOf(press('z', 'KeyZ', { ctrlKey: true }), scale)).toEqual({ kind: 'undo' });
    expect(commandOf(press('?', 'Slash'), scale)).toBeNull();
  });
});

it('the help names the ends of the scale in the protocol’s words', () => {
  const [rate] = similarityRatingKeys(similarityRatingContract.exampleProtocol);
  expect(rate).toEqual({ keys: '0 – 6', does: 'Rate: 0 is not similar at all, 6 is nearly the same' });
});
