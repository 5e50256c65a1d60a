import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import type { DocumentContent } from '@casebook/contracts';
import type { LogEntry, PassStart } from '../../document-editor/contract.ts';
import { replayed } from '../../document-editor/history.ts';
import { chainsOf } from '../../document-editor/partition.ts';
import { startOf } from '../../document-editor/start.ts';
import DocumentEditor from './DocumentEditor.svelte';

const WORDS =
  'The inspector met the widow of the lamplighter . He gave her the ledger . They wept . It rained .'.split(
    ' ',
  );
const BARE: DocumentContent = {
  tokens: WORDS.map((text, index) => (WORDS[index + 1] === '.' ? { text, spaceAfter: false } : { text })),
  sentences: [
    [0, 9],
    [9, 15],
    [15, 18],
    [18, 21],
  ],
  paragraphs: [
    [0, 9],
    [9, 21],
  ],
  mentions: [],
  chains: [],
  language: 'en',
};
const ANNOTATED: DocumentContent = {
  ...BARE,
  mentions: [
    { id: 'inspector', ranges: [[0, 2]], head: 1 },
    { id: 'widow', ranges: [[3, 8]] },
    { id: 'lamplighter', ranges: [[6, 8]] },
    { id: 'he', ranges: [[9, 10]] },
    { id: 'her', ranges: [[11, 12]] },
  ],
  chains: [
    { id: 'A', mentions: ['inspector', 'he', 'her'] },
    { id: 'B', mentions: ['widow'] },
  ],
};
const SYSTEM: PassStart = { kind: 'annotated', by: 'system', name: 'chains 2.1' };

let entries: LogEntry[];
let opened: { document: DocumentContent; start: PassStart };

async function open(document: DocumentContent, start: PassStart): Promise<void> {
  entries = [];
  opened = { document, start };
  await render(DocumentEditor, {
    document,
    start,
    onentry: (entry: LogEntry) => {
      entries.push(entry);
    },
  });
}

/** What the log makes of the document: what is stored is all that counts. */
function annotation() {
  const outcome = replayed(opened.document, startOf(opened.document, opened.start).annotation, entries);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.done.annotation;
}

/** Chains as phrases. */
function chains(): string[][] {
  const { mentions } = annotation();
  return chainsOf(annotation()).map((chain) =>
    chain.mentions.map((id) =>
      (mentions.get(id)?.ranges ?? []).map(([start, end]) => WORDS.slice(start, end).join(' ')).join(' … '),
    ),
  );
}

const press = (keys: string) => userEvent.keyboard(keys);
const said = () => document.querySelector('[role="status"]')?.textContent ?? '';

afterEach(cleanup);

describe('from the keyboard alone', () => {
  beforeEach(async () => {
    await open(BARE, { kind: 'text' });
  });

  it('a whole short document is annotated', async () => {
    // The inspector: new.
    await press('m{Shift>}{ArrowRight}{/Shift}n');
    // The widow of the lamplighter, and inside it the lamplighter.
    await press('{Escape}{ArrowRight}{ArrowRight}{ArrowRight}m');
    await press('{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}n');
    await press('{Escape}{ArrowRight}{ArrowRight}{ArrowRight}m{Shift>}{ArrowRight}{/Shift}n');
    // He is the inspector; her the widow, found by typing.
    await press('{Escape}{ArrowDown}m1');
    await press('{Escape}{ArrowRight}{ArrowRight}mr');
    await press('wid{Enter}');
    // They are the two together.
    await press('{Escape}{ArrowDown}mr');
    await press('insp');
    await press('{Enter}');
    await press('u');
    await press('r');
    await press('{ArrowDown} ');
    await press(' {Enter}');
    // It names nothing.
    await press('{Escape}{ArrowDown}mx');
    expect(chains()).toEqual([
      ['The inspector', 'He'],
      ['the widow of the lamplighter', 'her'],
      ['the lamplighter'],
      ['They'],
    ]);
    const { entities, mentions } = annotation();
    const together = [...entities.values()].find(({ antecedents }) => antecedents.length > 0);
    expect(together?.antecedents).toHaveLength(2);
    expect([...mentions.values()].filter(({ standing }) => standing.kind === 'non-referring')).toHaveLength(
      1,
    );
  });

  it('crossing and discontinuous spans are made, and mended', async () => {
    await press('m{Shift>}{ArrowRight}{/Shift}a');
    await press('{Enter}');
    expect([...annotation().mentions.values()].map(({ ranges }) => ranges)).toEqual([
      [
        [0, 2],
        [3, 4],
      ],
    ]);
    await press('{Shift>}{ArrowRight}{/Shift}{Enter}');
    expect([...annotation().mentions.values()][0]?.ranges.at(-1)).toEqual([3, 5]);
    expect(entries.map(({ kind }) => kind)).toEqual(['make-mention', 'respan-mention']);
  });

  it('says what is done, and what cannot be', async () => {
    await press('mn');
    expect(said()).toBe('“The”: new, entity 1.');
    await press('u');
    expect(said()).toMatch(/^Undone: “The”: new/u);
    await press('y');
    expect(said()).toMatch(/^Done again/u);
    await press('{Escape}{ArrowLeft}m{Enter}');
    await expect.element(page.getByText('“The” is a mention already.').first()).toBeVisible();
    expect(entries.map(({ kind }) => kind)).toEqual(['make-mention', 'open-entity', 'undo', 'redo']);
  });

  it('finds words in the text', async () => {
    await press('f');
    await press('ledger{Enter}');
    await expect.element(page.getByText('1 of 1')).toBeVisible();
    await press('{Escape}m{Enter}');
    expect([...annotation().mentions.values()].map(({ ranges }) => ranges)).toEqual([[[13, 14]]]);
  });

  it('lists its keys at ?', async () => {
    await press('?');
    await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await press('m');
    expect(entries).toEqual([]);
    await press('{Escape}');
  });
});

describe('text that is annotated already', () => {
  beforeEach(async () => {
    await open(ANNOTATED, SYSTEM);
  });

  it('is gone through by mention and by entity', async () => {
    await press('j');
    expect(said()).toBe('The inspector: entity 1, The inspector, mention 1 of 3');
    await press('{Shift>}j{/Shift}');
    expect(said()).toBe('He: entity 1, The inspector, mention 2 of 3');
    await press('k');
    expect(said()).toBe('the lamplighter: nothing said yet');
  });

  it('is corrected: moved, merged, split, taken out, removed', async () => {
    await press('jjjjjr');
    await press('{Enter}');
    expect(chains()).toEqual([
      ['The inspector', 'He'],
      ['the widow of the lamplighter', 'her'],
    ]);
    await press('t');
    await press('{Enter}');
    expect(chains()).toEqual([['The inspector', 'the widow of the lamplighter', 'He', 'her']]);
    await press('s');
    await press('{Enter}');
    expect(chains()).toEqual([['The inspector', 'the widow of the lamplighter', 'He'], ['her']]);
    await press('o{Delete}');
    expect(chains()).toEqual([['The inspector', 'the widow of the lamplighter', 'He']]);
    for (let step = 0; step < 5; step += 1) await press('u');
    expect(chains()).toEqual([['The inspector', 'He', 'her'], ['the widow of the lamplighter']]);
    expect(entries).toHaveLength(10);
  });

  it('is given names, types, heads, minimum spans, bridges and what it points at', async () => {
    await press('je');
    await press('Harrow{Tab}person{Enter}');
    await press('jh');
    await press('{ArrowLeft}{ArrowLeft}{ArrowLeft}{Enter}');
    await press('i');
    await press('{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Shift}{Enter}');
    await press('jb');
    await press('1');
    await press('{Enter}');
    await press('jd{Enter}');
    const { entities, mentions } = annotation();
    expect(entities.get('A')).toMatchObject({ name: 'Harrow', type: 'person' });
    expect(mentions.get('widow')).toMatchObject({ head: 4, minimum: [3, 5] });
    expect(mentions.get('lamplighter')?.bridges).toEqual([{ to: 'A', relation: null }]);
    expect(mentions.get('he')?.deixis).toEqual([[0, 9]]);
  });

  it('is told from what the coder did', async () => {
    await press('j');
    await expect.element(page.getByText('There at the start.')).toBeVisible();
    await press('jj1');
    await expect.element(page.getByText('What it is, you said.')).toBeVisible();
  });

  it('is worked with a pointer too, and undone', async () => {
    await userEvent.click(page.getByRole('option', { name: /the widow/u }));
    expect(said()).toMatch(/^the widow of the lamplighter: entity 2/u);
    const point = placeOf('lamplighter');
    await userEvent.click(document.querySelector('.passage p') ?? document.body, { position: point });
    expect(said()).toBe('the lamplighter: nothing said yet');
    await userEvent.click(page.getByRole('button', { name: /New here/u }));
    expect(chains()).toContainEqual(['the lamplighter']);
    await userEvent.click(page.getByRole('button', { name: /Undo/u }));
    expect(chains()).not.toContainEqual(['the lamplighter']);
  });

  it('takes a drag over words for a mention to be made', async () => {
    drag('met', 'the');
    await expect.element(page.getByRole('heading', { name: /A new mention: .?met the/u })).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Later end' }));
    await userEvent.click(page.getByRole('button', { name: /Make it a mention/u }));
    expect(entries).toMatchObject([{ kind: 'make-mention', ranges: [[2, 5]] }]);
  });

  it('is picked by a click in the text', async () => {
    await press('jjjr');
    await userEvent.click(document.querySelector('.passage p') ?? document.body, {
      position: placeOf('widow'),
    });
    await press('{Enter}');
    expect(chains()).toContainEqual(['the widow of the lamplighter', 'the lamplighter']);
  });

  it('draws a rule and a number for each mention that is near, and the text once', async () => {
    await expect
      .poll(() => [...document.querySelectorAll('.drawn b')].map((label) => label.textContent))
      .toEqual(['1', '2', '1', '1']);
    expect(document.querySelectorAll('.drawn .rule')).toHaveLength(5);
    expect([...document.querySelectorAll('.passage p')].map((p) => p.childNodes.length)).toEqual([1, 1]);
  });

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [320, 'light'],
    [320, 'dark'],
  ])('passes axe in every mode at %i px, %s', async (width, theme) => {
    document.documentElement.dataset['theme'] = theme;
    await page.viewport(width, 860);
    for (const keys of ['j', 'r', '{Escape}s', '{Escape}e', '{Escape}h', '{Escape}f', '{Escape}{Escape}m']) {
      await press(keys);
      // A colour half-way through its change is nobody's to read.
      await Promise.all(document.getAnimations().map(({ finished }) => finished));
      const { violations } = await axe.run(document.body, {
        // The page around the editor has these.
        rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
      });
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }
    await page.viewport(1280, 860);
    delete document.documentElement.dataset['theme'];
  });
});

it('goes on where a log ends', async () => {
  const log: LogEntry[] = [{ kind: 'make-mention', mention: 'c1', ranges: [[0, 2]] }];
  entries = [];
  await render(DocumentEditor, {
    document: BARE,
    start: { kind: 'text' },
    entries: log,
    onentry: (entry: LogEntry) => {
      entries.push(entry);
    },
  });
  await press('jn');
  expect(entries).toEqual([{ kind: 'open-entity', entity: 'c2', mentions: ['c1'], antecedents: [] }]);
});

it('goes the way that arrows point in a text from right to left', async () => {
  const hebrew: DocumentContent = {
    ...BARE,
    tokens: 'הוא פגש את האלמנה'.split(' ').map((text) => ({ text })),
    sentences: [[0, 4]],
    paragraphs: [[0, 4]],
    language: 'he',
  };
  await open(hebrew, { kind: 'text' });
  await press('{ArrowLeft}m{Enter}');
  expect(entries).toMatchObject([{ kind: 'make-mention', ranges: [[1, 2]] }]);
});

/** As a pointer leaves the page when it has been dragged from one word to another. */
function drag(from: string, to: string): void {
  const paragraph = document.querySelector('.passage p');
  const node = paragraph?.firstChild;
  if (paragraph === null || !(node instanceof Text)) throw new Error('there is no text');
  const start = node.data.indexOf(from);
  const press = { bubbles: true, button: 0, pointerType: 'mouse', clientX: 10, clientY: 10 };
  paragraph.dispatchEvent(new PointerEvent('pointerdown', press));
  getSelection()?.setBaseAndExtent(node, start, node, node.data.indexOf(to, start) + to.length);
  paragraph.dispatchEvent(new PointerEvent('pointerup', { ...press, clientX: 90 }));
}

/** The middle of a word, from the corner of its paragraph. */
function placeOf(word: string): { x: number; y: number } {
  const paragraph = document.querySelector('.passage p');
  const node = paragraph?.firstChild;
  if (paragraph === null || !(node instanceof Text)) throw new Error('there is no text');
  const range = document.createRange();
  const at = node.data.indexOf(word);
  range.setStart(node, at);
  range.setEnd(node, at + word.length);
  const [box, corner] = [range.getBoundingClientRect(), paragraph.getBoundingClientRect()];
  return { x: box.left + box.width / 2 - corner.left, y: box.top + box.height / 2 - corner.top };
}
