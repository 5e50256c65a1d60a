import { describe, expect, it } from 'vitest';
import { found, type Searched } from './candidates.ts';
import { isRightToLeft } from './direction.ts';
import { editorCommandOf } from './keys.ts';
import { ParagraphText } from './paragraph-text.ts';
import { TextSearch } from './text-search.ts';

const TOKENS = [
  { text: 'Zoë' },
  { text: 'met' },
  { text: '_', empty: true as const },
  { text: 'the' },
  { text: 'widow', spaceAfter: false as const },
  { text: '.' },
];

describe('a paragraph’s text', () => {
  const paragraph = new ParagraphText(TOKENS, [1, 6]);

  it('is one string, with empty nodes shown', () => {
    expect(paragraph.text).toBe('met ∅ the widow.');
  });

  it('says where a span stands in it, cut to the paragraph', () => {
    const words = (from: number, to: number): string | null => {
      const offsets = paragraph.offsetsOf([from, to]);
      return offsets === null ? null : paragraph.text.slice(...offsets);
    };
    expect(words(3, 5)).toBe('the widow');
    expect(words(0, 2)).toBe('met');
    expect(words(0, 1)).toBeNull();
    expect(words(6, 9)).toBeNull();
  });

  it('gives the token at every place, and the one before for a space', () => {
    const at = Array.from({ length: paragraph.text.length }, (_, offset) => paragraph.tokenAt(offset));
    expect(at).toEqual([1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5]);
  });
});

describe('words in the text', () => {
  const search = new TextSearch(TOKENS);

  it('are found whatever their case and accents, across tokens', () => {
    expect(search.find('ZOE', 9)).toEqual([[0, 1]]);
    expect(search.find('the wid', 9)).toEqual([[3, 5]]);
    expect(search.find('e', 2)).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(search.find('  ', 9)).toEqual([]);
  });
});

describe('candidates', () => {
  const entity = (number: number, name: string, ...aliases: string[]): Searched => ({
    candidate: { kind: 'entity', id: `e${number}`, number, name, type: null, mentions: 1, alias: null },
    phrases: () => [name, ...aliases],
  });
  const searched = [entity(2, 'the harbour'), entity(12, 'her'), entity(1, 'Zoë', 'the heroine')];
  const numbers = (query: string) =>
    found(searched, query).map((one) => (one.kind === 'entity' ? one.number : null));

  it('come by number, whole phrase, beginning, word, anywhere', () => {
    expect(numbers('')).toEqual([2, 12, 1]);
    expect(numbers('1')).toEqual([1, 12]);
    expect(numbers('her')).toEqual([12, 1]);
    expect(numbers('zoe')).toEqual([1]);
  });

  it('say by which other phrase they were found', () => {
    expect(found(searched, 'heroine')).toMatchObject([{ name: 'Zoë', alias: 'the heroine' }]);
  });
});

describe('keys', () => {
  const press = (key: string, more = {}) =>
    editorCommandOf({
      key,
      code: '',
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...more,
    });

  it('work under any layout, and leave the browser’s own alone', () => {
    expect(press('л', { code: 'KeyK' })).toBe('previous-mention');
    expect(press('J', { shiftKey: true })).toBe('next-of-entity');
    expect(press('z', { ctrlKey: true })).toBe('undo');
    expect(press('Z', { metaKey: true, shiftKey: true })).toBe('redo');
    expect(press('n', { ctrlKey: true })).toBeNull();
    expect(press('Delete')).toBe('remove');
  });
});

it('reads a text’s direction from its first letter', () => {
  expect(isRightToLeft('“אמר” he said')).toBe(true);
  expect(isRightToLeft('1. Zoë אמר')).toBe(false);
});
