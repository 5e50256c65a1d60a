import type { GuidelineBlock } from '@casebook/contracts';
import type { parseGuideline } from '../render.ts';

type Token = ReturnType<typeof parseGuideline>[number];

/** A word with the space behind it, as it is shown. */
export interface Word {
  readonly text: string;
  /** How it is shown; for a link with its address, which is a change where it changes. */
  readonly styles: readonly string[];
}

/** A heading, a paragraph, an item of a list, a row of a table: what is read as one. */
export interface Block {
  readonly kind: GuidelineBlock['kind'];
  /** The level of a heading, how deep an item is nested; else 1. */
  readonly level: number;
  readonly words: readonly Word[];
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

const OPENING: Readonly<Record<string, string>> = { strong_open: 'strong', em_open: 'em', s_open: 'struck' };
const CLOSING: Readonly<Record<string, string>> = {
  strong_close: 'strong',
  em_close: 'em',
  s_close: 'struck',
};

/** The blocks of rendered Markdown in reading order, with the words that a reader sees. */
export function blocksOf(tokens: readonly Token[]): Block[] {
  const blocks: Block[] = [];
  let lists = 0;
  let quotes = 0;
  let row: Word[] | null = null;
  let heading = 0;
  for (const token of tokens) {
    if (/^(?:bullet|ordered)_list_open$/u.test(token.type)) lists += 1;
    else if (/^(?:bullet|ordered)_list_close$/u.test(token.type)) lists -= 1;
    else if (token.type === 'blockquote_open') quotes += 1;
    else if (token.type === 'blockquote_close') quotes -= 1;
    else if (token.type === 'heading_open') heading = Number(token.tag.slice(1));
    else if (token.type === 'heading_close') heading = 0;
    else if (token.type === 'tr_open') row = [];
    else if (token.type === 'tr_close') {
      if (row !== null) blocks.push({ kind: 'row', level: 1, words: row });
      row = null;
    } else if (token.type === 'fence' || token.type === 'code_block') {
      blocks.push({ kind: 'code', level: 1, words: wordsOf(token.content, []) });
    } else if (token.type === 'inline') {
      const words = wordsInside(token.children ?? []);
      if (row !== null) {
        if (row.length > 0) row.push({ text: ' | ', styles: [] });
        row.push(...words);
      } else if (heading > 0) blocks.push({ kind: 'heading', level: heading, words });
      else if (lists > 0) blocks.push({ kind: 'item', level: lists, words });
      else blocks.push({ kind: quotes > 0 ? 'quote' : 'text', level: 1, words });
    }
  }
  return blocks;
}

function wordsInside(children: readonly Token[]): Word[] {
  const words: Word[] = [];
  let styles: readonly string[] = [];
  for (const child of children) {
    const opened = OPENING[child.type];
    const closed = CLOSING[child.type];
    if (opened !== undefined) styles = [...styles, opened];
    else if (closed !== undefined) styles = styles.filter((style) => style !== closed);
    else if (child.type === 'link_open') styles = [...styles, `link ${child.attrGet('href') ?? ''}`];
    else if (child.type === 'link_close') styles = styles.filter((style) => !style.startsWith('link '));
    else if (child.type === 'code_inline') words.push(...wordsOf(child.content, [...styles, 'code']));
    else if (child.type === 'softbreak' || child.type === 'hardbreak') words.push({ text: ' ', styles: [] });
    else words.push(...wordsOf(child.content, styles));
  }
  return words;
}

/** Words in any script, by Unicode's rules; white space belongs to the word before it. */
function wordsOf(text: string, styles: readonly string[]): Word[] {
  const words: { text: string; styles: readonly string[] }[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = words.at(-1);
    if (last !== undefined && /^\s+$/u.test(segment)) last.text += segment;
    else words.push({ text: segment, styles });
  }
  return words;
}
