import { describe, expect, it } from 'vitest';
import { blockCommandOf, blockKeyHelp, type Press } from './keys.ts';

const press = (key: string, code = '', held: Partial<Press> = {}): Press => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('a press beside answers', () => {
  it.each([
    ['k', 'unknown-word'],
    ['U', 'undo'],
    ['s', 'skip'],
    ['c', 'comment'],
  ])('%s: %s', (key, command) => {
    expect(blockCommandOf(press(key))).toBe(command);
  });
  it('means another unit with Shift', () => {
    expect(blockCommandOf(press('D', 'KeyD', { shiftKey: true }))).toBe('reconsider');
    expect(blockCommandOf(press('L', 'KeyL', { shiftKey: true }))).toBe('come-back');
    expect(blockCommandOf(press('S', 'KeyS', { shiftKey: true }))).toBe('skip');
  });
  it('means the same under any layout', () => {
    expect(blockCommandOf(press('л', 'KeyK'))).toBe('unknown-word');
  });
  it('with Ctrl is the browser’s, but for undo; ? is help’s', () => {
    expect(blockCommandOf(press('s', 'KeyS', { ctrlKey: true }))).toBeNull();
    expect(blockCommandOf(press('z', 'KeyZ', { ctrlKey: true }))).toBe('undo');
    expect(blockCommandOf(press('?', 'Slash'))).toBeNull();
  });
});

it('the help names no key for an unknown word where none can be said', () => {
  const words = { unit: 'pair', answer: 'choice', unknown: null };
  expect(blockKeyHelp(words).map(({ keys }) => keys)).not.toContain('K');
  expect(blockKeyHelp({ ...words, unknown: 'I don’t know a word' })[0]).toEqual({
    keys: 'K',
    does: 'I don’t know a word',
  });
});
