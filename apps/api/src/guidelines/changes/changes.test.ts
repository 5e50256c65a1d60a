import type { GuidelineChange } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGuideline } from '../render.ts';
import { blocksOf } from './blocks.ts';
import { changesBetween } from './changes.ts';

const word = fc.constantFrom(
  'phrase',
  'new',
  '**old**',
  '_he_',
  '`she`',
  '[it](https://here.example)',
  'then',
  '他说',
);
const line = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const block = fc
  .tuple(fc.constantFrom('', '# ', '## ', '- ', '> ', '1. ', '    '), line)
  .map(([mark, text]) => `${mark}${text}`);
const markdown = fc.array(block, { maxLength: 12 }).map((blocks) => blocks.join('\n\n'));

/** The blocks of one side of changes as text. */
function side(changes: readonly GuidelineChange[], kind: 'removed' | 'added'): string[] {
  return changes
    .filter((change) => change.kind !== (kind === 'added' ? 'removed' : 'added'))
    .map(({ runs }) =>
      runs
        .filter((run) => run.kind === 'kept' || run.kind === kind)
        .map(({ text }) => text)
        .join(''),
    );
}

const textOf = (source: string): string[] =>
  blocksOf(parseGuideline(source)).map(({ words }) => words.map(({ text }) => text).join(''));
const bare = (texts: readonly string[]): string[] => texts.map((text) => text.replaceAll(/\s+/gu, ''));

describe('what changed between two guidelines', () => {
  it('gives the later text when it is applied to the earlier', () => {
    fc.assert(
      fc.property(markdown, markdown, (before, after) => {
        const changes = changesBetween(before, after);
        expect(side(changes, 'added')).toEqual(textOf(after));
        // Of the earlier text the space behind a kept word may be the later one's.
        expect(bare(side(changes, 'removed'))).toEqual(bare(textOf(before)));
      }),
    );
  });

  it('is nothing where nothing changed', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(changesBetween(text, text).filter(({ kind }) => kind !== 'kept')).toEqual([]);
      }),
    );
  });

  it('is told word by word in a paragraph that stayed', () => {
    const [title, changed] = changesBetween(
      '# Aim\n\nA title is a phrase of its own.',
      '# Aim\n\nA title is *never* a phrase.',
    );
    expect(title?.kind).toBe('kept');
    expect(changed).toEqual({
      kind: 'changed',
      block: { kind: 'text', level: 1 },
      runs: [
        { kind: 'kept', text: 'A title is ', styles: [] },
        { kind: 'added', text: 'never', styles: ['em'] },
        { kind: 'added', text: ' ', styles: [] },
        { kind: 'kept', text: 'a phrase', styles: [] },
        { kind: 'removed', text: 'of its own', styles: [] },
        { kind: 'kept', text: '.', styles: [] },
      ],
    });
  });

  it('shows an item that came and a heading that went as wholes', () => {
    const changes = changesBetween('## Names\n\n- one\n- two', '- one\n- two\n- and quite another thing');
    expect(changes.map(({ kind, block: { kind: what } }) => `${kind} ${what}`)).toEqual([
      'removed heading',
      'kept item',
      'kept item',
      'added item',
    ]);
  });

  it('counts a mark and the address of a link as changes', () => {
    expect(changesBetween('a word', 'a **word**')[0]?.kind).toBe('changed');
    expect(changesBetween('[a](https://one.example) word', '[a](https://two.example) word')[0]?.kind).toBe(
      'changed',
    );
  });

  it('is found in good time between two long texts that share nothing', () => {
    const text = (letter: string) =>
      Array.from({ length: 8_000 }, (_, index) => `${letter}${index} word`).join('\n\n');
    const begun = performance.now();
    changesBetween(text('a'), text('b'));
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
