import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import type { DocumentContent } from '@casebook/contracts';
import { Rehearsal } from '../../rehearsal.svelte.ts';
import {
  coreferenceContract,
  type CoreferenceAnswer,
  type CoreferenceProtocol,
  type EitherAnswer,
  type EitherUnit,
} from '../contract.ts';
import EitherEditor from './EitherEditor.svelte';

const WORDS = 'The inspector met the widow . He gave her the ledger . They read it together .'.split(' ');
const MARKABLES = {
  inspector: [0, 2],
  widow: [3, 5],
  he: [6, 7],
  her: [8, 9],
  ledger: [9, 11],
  they: [12, 13],
  it: [14, 15],
} as const;
const DOCUMENT: DocumentContent = {
  tokens: WORDS.map((text) => ({ text })),
  sentences: [
    [0, 6],
    [6, 12],
    [12, 17],
  ],
  paragraphs: [[0, 17]],
  mentions: Object.entries(MARKABLES).map(([id, [start, end]]) => ({ id, ranges: [[start, end]] })),
  chains: [],
  language: 'en',
};

type Work = Rehearsal<EitherUnit, EitherAnswer, CoreferenceProtocol>;
let work: Work;

beforeEach(async () => {
  work = new Rehearsal(
    coreferenceContract,
    coreferenceContract.exampleProtocol,
    { kind: 'document', document: DOCUMENT },
    Object.entries(MARKABLES).map(([key, [start, end]]) => ({
      key,
      content: { ranges: [[start, end]], text: WORDS.slice(start, end).join(' ') },
    })),
  );
  await render(EitherEditor, { work });
});
afterEach(cleanup);

/** Presses keys as a person would, one after the other. */
const press = (keys: string) => userEvent.keyboard(keys);
const answers = () => work.log.map(({ key, act }) => [key, act]);
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });

describe('the coreference page', () => {
  it('asks about one phrase, lit in the text', async () => {
    await expect.element(page.getByRole('heading', { name: 'Who or what is The inspector?' })).toBeVisible();
    expect(document.querySelectorAll('.question')).not.toHaveLength(0);
    expect([...document.querySelectorAll('[data-mark].question')].map((mark) => mark.textContent)).toEqual([
      'The inspector',
    ]);
  });

  it('takes every kind of answer by a key', async () => {
    await press('nn1');
    await press('x');
    await press('p1');
    expect(answers()).toEqual([
      ['inspector', { kind: 'new' }],
      ['widow', { kind: 'new' }],
      ['he', old('inspector')],
      ['her', { kind: 'non-referring' }],
      ['ledger', { kind: 'property', of: ['he'] }],
    ]);
  });

  it('finds by typing', async () => {
    await press('nnr');
    await expect.element(page.getByRole('combobox')).toHaveFocus();
    await press('wid{Enter}');
    expect(answers().at(-1)).toEqual(['he', old('widow')]);
  });

  it('points at several for a plural, and says so', async () => {
    await press('nn12n');
    await press('r{ArrowDown} ');
    await press('{ArrowDown}{ArrowDown} ');
    expect(work.said.at(-1)).toContain('added');
    await press('{Enter}');
    const [key, act] = answers().at(-1) ?? [];
    expect(key).toBe('they');
    expect(act).toMatchObject({ kind: 'old' });
    expect(new Set((act as { antecedents: string[] }).antecedents)).toEqual(new Set(['he', 'her']));
    await expect.element(page.getByText('1+2')).toBeVisible();
  });

  it('goes through earlier phrases in the text by arrows', async () => {
    await press('nn{ArrowLeft}');
    const pointer = page.getByRole('slider', { name: 'Earlier phrases in the text' });
    await expect.element(pointer).toHaveFocus();
    await expect.element(pointer).toHaveAttribute('aria-valuetext', 'the widow, entity 2');
    await press('{ArrowLeft}');
    await expect.element(pointer).toHaveAttribute('aria-valuetext', 'The inspector, entity 1');
    await press('{Enter}');
    expect(answers().at(-1)).toEqual(['he', old('inspector')]);
  });

  it('takes a click in the text for a proposal, to be confirmed', async () => {
    await press('nn');
    await userEvent.click(page.getByText('the widow').first());
    expect(answers()).toHaveLength(2);
    await press('{Enter}');
    expect(answers().at(-1)).toEqual(['he', old('widow')]);
  });

  it('undoes, naming what it takes back', async () => {
    await press('n');
    await expect.element(page.getByRole('button', { name: /Undo ?: “The inspector” – new/u })).toBeVisible();
    await press('u');
    expect(answers().at(-1)).toEqual(['inspector', 'undo']);
    expect(work.current?.key).toBe('inspector');
  });

  it('skips with a numbered reason and carries a comment', async () => {
    await press('c');
    await press('odd{Enter}');
    await press('s3');
    expect(work.log).toEqual([{ key: 'inspector', act: 'skip parse-error', comment: 'odd' }]);
  });

  it('judges an earlier phrase again, and comes back', async () => {
    await press('nnn{ArrowLeft}{ArrowLeft}e');
    expect(work.current?.key).toBe('widow');
    await expect.element(page.getByText(/You said:/u)).toBeVisible();
    await press('x');
    expect(answers().at(-1)).toEqual(['widow', { kind: 'non-referring' }]);
    expect(work.current?.key).toBe('her');
  });

  it('says each answer and the next question to a screen reader', async () => {
    await press('n');
    expect(work.said).toEqual(['The inspector: new: not named before. Who or what is “the widow”?']);
  });

  it('leaves typing, and the browser’s own keys, alone', async () => {
    await press('c');
    await press('nx');
    expect(work.log).toHaveLength(0);
    expect(work.comment).toBe('nx');
    await press('{Escape}');
    await press('{Control>}n{/Control}');
    expect(work.log).toHaveLength(0);
  });

  it.each([1280, 320])('passes axe in every mode, and nothing scrolls sideways, at %i px', async (width) => {
    await page.viewport(width, 860);
    for (const keys of ['nn12', 'r', '{Escape}{ArrowLeft} ', '{Escape}s', '{Escape}c']) {
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
  });
});

describe('beside an answer', () => {
  it('doubt is one key before it, or one key after it', async () => {
    await press('d');
    await expect
      .element(page.getByRole('button', { name: /Unsure ✓/u }))
      .toHaveAttribute('aria-pressed', 'true');
    await press('nn{Shift>}d{/Shift}');
    expect(work.said.at(-1)).toBe('the widow: marked as unsure.');
    expect(work.log).toEqual([
      { key: 'inspector', act: { kind: 'new' }, comment: '', unsure: true },
      { key: 'widow', act: { kind: 'new' }, comment: '' },
      { key: 'widow', act: 'unsure', comment: '' },
    ]);
    await expect
      .poll(() => document.querySelector('[aria-keyshortcuts="U"]')?.textContent)
      .toContain('new: not named before, unsure');
  });

  it('a comment may say what it is about, without a pointer', async () => {
    await press('c');
    await expect.element(page.getByRole('textbox', { name: /^Comment/u })).toHaveFocus();
    await press('odd{Tab}Part of{Enter}n');
    expect(work.log).toEqual([
      { key: 'inspector', act: { kind: 'new' }, comment: 'odd', commentKind: 'bridging' },
    ]);
  });
});

describe('a phrase left for later', () => {
  it('comes again at the end, or when asked for', async () => {
    await press('lln');
    expect(work.postponed.map(({ key }) => key)).toEqual(['inspector', 'widow']);
    await expect.element(page.getByRole('button', { name: /Back to what is left \(2\)/u })).toBeVisible();
    await press('{Shift>}l{/Shift}');
    await expect.element(page.getByRole('heading', { name: 'Who or what is The inspector?' })).toBeVisible();
    await press('n');
    expect(work.postponed.map(({ key }) => key)).toEqual(['widow']);
    await press('nnnn');
    await expect.element(page.getByRole('heading', { name: 'Who or what is the widow?' })).toBeVisible();
  });
});

describe('an ambiguous phrase', () => {
  it('takes several readings, the preferred one first, and no reading twice', async () => {
    await press('nna1');
    await expect.element(page.getByRole('heading', { name: /how else may you read He/u })).toBeVisible();
    await press('1');
    expect(work.said.at(-1)).toBe('This reading is given already.');
    await press('2{Enter}');
    expect(answers().at(-1)).toEqual([
      'he',
      { kind: 'ambiguous', readings: [old('inspector'), old('widow')] },
    ]);
    await expect.element(page.getByRole('heading', { name: 'Who or what is her?' })).toBeVisible();
    // The preferred reading is the one that goes on: the inspector now has two mentions.
    await expect.element(page.getByText('2 mentions')).toBeInTheDocument();
  });

  it('is given as one after all by Escape, or by undoing its readings', async () => {
    await press('a{Escape}n');
    await press('anuun');
    expect(answers()).toEqual([
      ['inspector', { kind: 'new' }],
      ['widow', { kind: 'new' }],
    ]);
  });

  it('passes axe while its readings are put together', async () => {
    await press('nna1n');
    // Colours on their way from one state to the next are nobody's to read.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    expect((await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa'] })).violations).toEqual([]);
  });
});
