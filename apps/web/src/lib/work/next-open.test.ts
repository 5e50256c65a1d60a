import { describe, expect, it } from 'vitest';
import { nextOpen } from './next-open.ts';

const units = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const open =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id);

describe('the next question', () => {
  it('is the first open unit at the start', () => {
    expect(nextOpen(units, null, open('b', 'd'))).toBe('b');
  });
  it('is the next open unit in order', () => {
    expect(nextOpen(units, 'b', open('a', 'd'))).toBe('d');
  });
  it('is one left open before, when nothing is open behind', () => {
    expect(nextOpen(units, 'c', open('b'))).toBe('b');
    expect(nextOpen(units, 'c', open('c'))).toBe('c');
  });
  it('is none when all are judged', () => {
    expect(nextOpen(units, 'c', open())).toBeNull();
  });
});
