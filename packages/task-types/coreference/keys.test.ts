import { describe, expect, it } from 'vitest';
import { commandOf, COREFERENCE_KEYS, type Press } from './keys.ts';

const press = (key: string, code = '', held: Partial<Press> = {}): Press => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('the keys of the coreference page', () => {
  it('doubt the answer to come, or with Shift the one before; leave for later, or with Shift come back', () => {
    expect(commandOf(press('d'))).toEqual({ kind: 'doubt' });
    expect(commandOf(press('D', '', { shiftKey: true }))).toEqual({ kind: 'reconsider' });
    expect(commandOf(press('l'))).toEqual({ kind: 'later' });
    expect(commandOf(press('L', '', { shiftKey: true }))).toEqual({ kind: 'come-back' });
    // Caps Lock is no Shift.
    expect(commandOf(press('D'))).toEqual({ kind: 'doubt' });
    expect(commandOf(press('N', '', { shiftKey: true }))).toEqual({ kind: 'new' });
  });

  it.each([
    ['r', 'name'],
    ['N', 'new'],
    ['p', 'property'],
    ['x', 'non-referring'],
    ['u', 'undo'],
    ['s', 'skip'],
    ['c', 'comment'],
    ['ArrowLeft', 'point'],
  ])('%s: %s', (key, kind) => {
    expect(commandOf(press(key))).toEqual({ kind });
  });

  it('are where they are printed under another script’s layout', () => {
    expect(commandOf(press('к', 'KeyR'))).toEqual({ kind: 'name' });
    expect(commandOf(press('ى', 'KeyN'))).toEqual({ kind: 'new' });
  });

  it('follow a Latin layout’s letters, wherever they are', () => {
    expect(commandOf(press('n', 'KeyL'))).toEqual({ kind: 'new' });
  });

  it('take digits from any row and layout', () => {
    expect(commandOf(press('3', 'Digit3'))).toEqual({ kind: 'digit', digit: '3' });
    expect(commandOf(press('é', 'Digit2'))).toEqual({ kind: 'digit', digit: '2' });
    expect(commandOf(press('4', 'Numpad4'))).toEqual({ kind: 'digit', digit: '4' });
  });

  it('leave the browser’s own shortcuts alone', () => {
    expect(commandOf(press('r', 'KeyR', { ctrlKey: true }))).toBeNull();
    expect(commandOf(press('n', 'KeyN', { metaKey: true }))).toBeNull();
    expect(commandOf(press('1', 'Digit1', { altKey: true }))).toBeNull();
    expect(commandOf(press('z', 'KeyZ', { ctrlKey: true }))).toEqual({ kind: 'undo' });
  });

  it('leave ? to help, and what they do not know to others', () => {
    expect(commandOf(press('?', 'Slash'))).toBeNull();
    expect(commandOf(press('q', 'KeyQ'))).toBeNull();
    expect(commandOf(press('Tab', 'Tab'))).toBeNull();
  });

  it('are all in the help', () => {
    const printed = COREFERENCE_KEYS.map(({ keys }) => keys);
    for (const key of ['R', 'N', 'P', 'X', 'U', 'S', 'C', '←', '1 – 9']) expect(printed).toContain(key);
  });
});
