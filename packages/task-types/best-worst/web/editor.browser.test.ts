import axe from 'axe-core';
import { itemIdSchema } from '@casebook/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import { Rehearsal } from '../../rehearsal.svelte.ts';
import {
  bestWorstContract,
  type BestWorstAnswer,
  type BestWorstProtocol,
  type BestWorstUnit,
} from '../contract.ts';
import Editor from './Editor.svelte';

const pair = (number: number, word1: string, word2: string) => ({
  id: itemIdSchema.parse(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`),
  word1,
  word2,
});
const PAIRS = [
  pair(1, 'coast', 'shore'),
  pair(2, 'cup', 'mug'),
  pair(3, 'fog', 'teapot'),
  pair(4, 'gaffer', 'harpoon'),
];

let work: Rehearsal<BestWorstUnit, BestWorstAnswer, BestWorstProtocol>;

beforeEach(async () => {
  work = new Rehearsal(
    bestWorstContract,
    bestWorstContract.exampleProtocol,
    { kind: 'word-pair', pair: { word1: 'coast', word2: 'shore' } },
    [
      { key: 'tuple-1', content: { pairs: PAIRS } },
      { key: 'tuple-2', content: { pairs: [...PAIRS].reverse() } },
    ],
  );
  await render(Editor, { work });
});
afterEach(cleanup);

const press = (keys: string) => userEvent.keyboard(keys);
const answers = () => work.log.map(({ key, act }) => [key, act]);
const pressed = () =>
  [...document.querySelectorAll('[aria-pressed="true"]')].map((one) => one.getAttribute('aria-label'));

describe('the best–worst page', () => {
  it('chooses nothing by itself', async () => {
    await expect.element(page.getByRole('heading', { name: /most similar in meaning/u })).toBeVisible();
    expect(pressed()).toEqual([]);
    await press('{Enter}');
    await press(' ');
    expect(work.log).toHaveLength(0);
  });

  it('takes two digits for an answer, the best first, and says what is still wanted', async () => {
    await press('1');
    expect(pressed()).toEqual(['most similar: coast – shore']);
    expect(work.said.at(-1)).toBe('most similar: coast – shore. Which is least similar?');
    await press('3');
    expect(answers()).toEqual([['tuple-1', { kind: 'best-worst', best: 1, worst: 3 }]]);
    expect(pressed()).toEqual([]);
  });

  it('takes the worst with Shift, and takes back what is pressed again', async () => {
    await press('{Shift>}4{/Shift}');
    expect(pressed()).toEqual(['least similar: gaffer – harpoon']);
    await press('4');
    expect(pressed()).toEqual([]);
    await press('2{Backspace}');
    expect(pressed()).toEqual([]);
    await press('{Shift>}4{/Shift}2');
    expect(answers()).toEqual([['tuple-1', { kind: 'best-worst', best: 2, worst: 4 }]]);
  });

  it('is answered by clicks in either order', async () => {
    await userEvent.click(page.getByRole('button', { name: 'least similar: fog – teapot' }));
    await userEvent.click(page.getByRole('button', { name: 'most similar: cup – mug' }));
    expect(answers()).toEqual([['tuple-1', { kind: 'best-worst', best: 2, worst: 3 }]]);
  });

  it('takes K for a word that is not known, and undoes in words', async () => {
    await press('k');
    expect(answers()).toEqual([['tuple-1', { kind: 'unknown-word' }]]);
    await press('12');
    await expect
      .element(page.getByRole('button', { name: /Undo: .* was most gaffer – harpoon, least fog – teapot/u }))
      .toBeVisible();
    await press('u');
    expect(work.current?.key).toBe('tuple-2');
  });

  it('skips with a reason, where digits choose nothing', async () => {
    await press('s3');
    expect(answers()).toEqual([['tuple-1', 'skip all-alike']]);
  });

  it.each([1280, 360])('passes axe, and keeps a thumb’s width, at %i px', async (width) => {
    await page.viewport(width, 740);
    for (const keys of ['1', 's', '{Escape}']) {
      await press(keys);
      await Promise.all(document.getAnimations().map(({ finished }) => finished));
      const { violations } = await axe.run(document.body, {
        rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
      });
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }
    for (const button of document.querySelectorAll('li button')) {
      const { width: wide, height } = button.getBoundingClientRect();
      if (width < 640) expect(Math.min(wide, height)).toBeGreaterThanOrEqual(43.9);
    }
    await page.viewport(1280, 860);
  });
});
