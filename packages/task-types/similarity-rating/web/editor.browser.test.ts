import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import { Rehearsal } from '../../rehearsal.svelte.ts';
import {
  similarityRatingContract,
  type SimilarityRatingAnswer,
  type SimilarityRatingProtocol,
  type SimilarityRatingUnit,
} from '../contract.ts';
import { RATING_PRESETS } from '../presets.ts';
import Editor from './Editor.svelte';
import ProtocolForm from './ProtocolForm.svelte';

const PAIRS = [
  ['coast', 'shore'],
  ['cup', 'mug'],
  ['gaffer', 'harpoon'],
] as const;

let work: Rehearsal<SimilarityRatingUnit, SimilarityRatingAnswer, SimilarityRatingProtocol>;

beforeEach(async () => {
  work = new Rehearsal(
    similarityRatingContract,
    similarityRatingContract.exampleProtocol,
    { kind: 'word-pair', pair: { word1: 'coast', word2: 'shore' } },
    PAIRS.map(([word1, word2]) => ({ key: `${word1}-${word2}`, content: { word1, word2 } })),
  );
  await render(Editor, { work });
});
afterEach(cleanup);

const press = (keys: string) => userEvent.keyboard(keys);
const answers = () => work.log.map(({ key, act }) => [key, act]);

describe('the similarity page', () => {
  it('gives no rating by itself: none is marked, none is sent', async () => {
    await expect.element(page.getByRole('heading', { name: 'coast – shore' })).toBeVisible();
    expect(document.querySelectorAll('[aria-pressed="true"], .given, input[type="range"]')).toHaveLength(0);
    await press('{Enter}');
    await press(' ');
    expect(work.log).toHaveLength(0);
  });

  it('rates by key and by click, ends worded', async () => {
    await press('6');
    await userEvent.click(page.getByRole('button', { name: '0', exact: true }));
    expect(answers()).toEqual([
      ['coast-shore', { kind: 'rating', value: 6 }],
      ['cup-mug', { kind: 'rating', value: 0 }],
    ]);
    await expect
      .element(page.getByRole('button', { name: '6', exact: true }))
      .toHaveAccessibleDescription('nearly the same');
  });

  it('takes K for a word that is not known', async () => {
    await press('k');
    expect(answers()).toEqual([['coast-shore', { kind: 'unknown-word' }]]);
  });

  it('names what undo takes back', async () => {
    await press('4');
    await expect.element(page.getByRole('button', { name: /Undo: coast – shore was 4/u })).toBeVisible();
    await press('u');
    expect(work.current?.key).toBe('coast-shore');
  });

  it('skips with a reason, where digits are no ratings', async () => {
    await press('s2');
    expect(answers()).toEqual([['coast-shore', 'skip bad-pair']]);
  });

  it('shows the progress of the block', async () => {
    await press('3');
    await expect.element(page.getByRole('img', { name: '1 of 3 pairs of this block judged' })).toBeVisible();
  });

  it.each([1280, 320])('passes axe, and keeps a thumb’s width, at %i px', async (width) => {
    await page.viewport(width, 700);
    for (const keys of ['3', 's', '{Escape}c']) {
      await press(keys);
      // A colour half-way through its change is nobody's to read.
      await Promise.all(document.getAnimations().map(({ finished }) => finished));
      const { violations } = await axe.run(document.body, {
        rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
      });
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }
    for (const point of document.querySelectorAll('.points button')) {
      const { width: wide, height } = point.getBoundingClientRect();
      expect(Math.min(wide, height)).toBeGreaterThanOrEqual(43.9);
    }
    await page.viewport(1280, 860);
  });
});

describe('a scale with fractions', () => {
  it('takes a typed number and Enter, names what is wrong, and keeps the letters', async () => {
    cleanup();
    const preset = RATING_PRESETS.find(({ id }) => id === 'wordsim-353');
    if (preset === undefined) throw new Error('the preset is missing');
    work = new Rehearsal(
      similarityRatingContract,
      preset.protocol,
      { kind: 'word-pair', pair: { word1: 'coast', word2: 'shore' } },
      PAIRS.map(([word1, word2]) => ({ key: `${word1}-${word2}`, content: { word1, word2 } })),
    );
    await render(Editor, { work });
    await press('{Enter}');
    expect(answers()).toEqual([]);
    await press('11{Enter}');
    await expect.element(page.getByText('11 is not a point of the scale', { exact: false })).toBeVisible();
    await press('{Backspace}{Backspace}7.25{Enter}k');
    await userEvent.fill(page.getByRole('textbox'), '3,5');
    await press('{Enter}');
    expect(answers()).toEqual([
      ['coast-shore', { kind: 'rating', value: 7.25 }],
      ['cup-mug', { kind: 'unknown-word' }],
      ['gaffer-harpoon', { kind: 'rating', value: 3.5 }],
    ]);
  });
});

it('the form begins with a preset, and says what it follows', async () => {
  cleanup();
  const told: SimilarityRatingProtocol[] = [];
  await render(ProtocolForm, {
    protocol: similarityRatingContract.exampleProtocol,
    onchange: (protocol: SimilarityRatingProtocol) => {
      told.push(protocol);
    },
  });
  await userEvent.selectOptions(page.getByLabelText('Begin with the protocol of'), 'CARD-660');
  const preset = RATING_PRESETS.find(({ id }) => id === 'card-660');
  await expect.poll(() => told.at(-1)).toEqual(preset?.protocol);
  await expect.element(page.getByText('Pilehvar', { exact: false })).toBeVisible();
  await userEvent.selectOptions(page.getByLabelText('A word may be unknown'), 'No');
  await userEvent.fill(page.getByLabelText('Pairs in a block'), '30');
  await expect.poll(() => told.at(-1)).toEqual({ ...preset?.protocol, unknownWord: false, blockSize: 30 });
});
