import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import type { DocumentContent } from '@casebook/contracts';
import { Rehearsal } from '../../rehearsal.svelte.ts';
import {
  coreferenceContract,
  type CoreferenceProtocol,
  type EitherAnswer,
  type EitherUnit,
} from '../contract.ts';
import { misfitInItem } from '../misfit.ts';
import EitherEditor from './EitherEditor.svelte';

type Range = [number, number];
let work: Rehearsal<EitherUnit, EitherAnswer, CoreferenceProtocol>;
let content: { kind: 'document'; document: DocumentContent };
let units: { key: string; content: { ranges: Range[]; text: string } }[];

async function open(
  tokens: DocumentContent['tokens'],
  phrases: readonly Range[],
  changes: Partial<CoreferenceProtocol> = {},
): Promise<void> {
  const whole: Range = [0, tokens.length];
  units = phrases.map(([start, end], at) => ({
    key: `m${at}`,
    content: {
      ranges: [[start, end]],
      text: tokens
        .slice(start, end)
        .map(({ text }) => text)
        .join(' '),
    },
  }));
  content = {
    kind: 'document',
    document: {
      ...{ tokens, sentences: [whole], paragraphs: [whole], chains: [] },
      mentions: units.map(({ key, content: { ranges } }) => ({ id: key, ranges })),
    },
  };
  work = new Rehearsal(
    coreferenceContract,
    { ...coreferenceContract.exampleProtocol, ...changes },
    content,
    units,
  );
  await render(EitherEditor, { work });
}
afterEach(cleanup);

const spaced = (text: string) => text.split(' ').map((word) => ({ text: word }));
const press = (keys: string) => userEvent.keyboard(keys);
const lit = () =>
  [...document.querySelectorAll('[data-mark].question')].map((mark) => mark.textContent).join('|');
const heading = () => document.querySelector('.foot h2')?.textContent.replaceAll(/\s+/gu, ' ').trim();

/** What was given, all of which the server would take. */
function given(protocol: CoreferenceProtocol = work.protocol): unknown[] {
  return work.log.map(({ key, act }) => {
    const unit = units.find((each) => each.key === key);
    const answer = act as EitherAnswer;
    if (unit !== undefined && misfitInItem.isNeeded(answer))
      expect(misfitInItem.of(answer, unit.content, content, protocol)).toBeNull();
    return act;
  });
}

describe('the borders of a phrase', () => {
  it('are corrected from the keyboard, word by word, lit in the text, and go with the answer', async () => {
    await open(spaced('🕵️ The old inspector smiled . He left .'), [
      [2, 3],
      [6, 7],
    ]);
    await press('b');
    expect(heading()).toBe('Where does old begin and end?');
    await press('{ArrowRight}{Control>}{ArrowLeft}{/Control}');
    expect(lit()).toBe('The old inspector');
    await press('{Enter}n');
    expect(given()).toEqual([{ kind: 'new', span: { ranges: [[3, 20]], text: 'The old inspector' } }]);
    expect(heading()).toBe('Who or what is He?');
    expect(work.said.at(-1)).toContain('the phrase should be “The old inspector”');
  });

  it('can be taken back step by step, put back, and left', async () => {
    await open(spaced('The old inspector smiled .'), [[1, 2]]);
    await press('b{ArrowRight}{ArrowRight}');
    expect(lit()).toBe('old inspector smiled');
    await press('u');
    expect(lit()).toBe('old inspector');
    await press('{Delete}');
    expect(lit()).toBe('old');
    await press('u{Escape}');
    expect(lit()).toBe('old');
    await press('n');
    expect(given()).toEqual([{ kind: 'new' }]);
  });

  it('come again with an answer that is undone, and with all readings of an ambiguous one', async () => {
    await open(spaced('The old inspector smiled .'), [[1, 2]]);
    await press('b{ArrowRight}{Enter}n');
    await press('u');
    expect(lit()).toBe('old inspector');
    await press('anx{Enter}');
    expect(given().at(-1)).toEqual({
      kind: 'ambiguous',
      readings: [{ kind: 'new' }, { kind: 'non-referring' }],
      span: { ranges: [[4, 17]], text: 'old inspector' },
    });
  });

  it('may leave a gap', async () => {
    await open(spaced('the old and the new inspector smiled'), [[0, 2]]);
    await press('ba{ArrowRight}');
    await press('{Control>}{ArrowRight}{/Control}{ArrowRight}{Control>}{ArrowRight}{/Control}{Enter}n');
    expect(given()).toEqual([
      {
        kind: 'new',
        span: {
          ranges: [
            [0, 7],
            [20, 29],
          ],
          text: 'the old … inspector',
        },
      },
    ]);
  });

  it('follow the arrows in a text from right to left', async () => {
    await open(spaced('המפקח הזקן חייך .'), [[1, 2]]);
    await press('b{ArrowLeft}');
    expect(lit()).toBe('הזקן חייך');
    await press('{Control>}{ArrowRight}{/Control}{Enter}n');
    expect(given()).toMatchObject([{ span: { text: 'המפקח הזקן חייך' } }]);
  });

  it('move by characters where words are written without spaces, and by words with Alt', async () => {
    const tokens = ['名探偵', 'は', '笑った', '。'].map((text) => ({ text, spaceAfter: false as const }));
    await open(tokens, [[0, 1]], { corrections: 'characters' });
    await press('b{ArrowLeft}{Enter}n');
    expect(given()).toEqual([{ kind: 'new', span: { ranges: [[0, 2]], text: '名探' } }]);
    await press('u');
    await press('b{Alt>}{ArrowRight}{ArrowRight}{/Alt}{Enter}n');
    expect(given().at(-1)).toMatchObject({ span: { text: '名探偵は' } });
  });

  it('are within reach of a pointer and of a screen reader, on a phone too', async () => {
    await page.viewport(360, 740);
    await open(spaced('The old inspector smiled .'), [[1, 2]]);
    await page.getByRole('button', { name: /Borders/u }).click();
    await page.getByRole('button', { name: /Later end/u }).click();
    await page.getByRole('button', { name: /Earlier start/u }).click();
    expect(lit()).toBe('The old inspector');
    expect(work.said.at(-1)).toBe('The old inspector');
    const group = document.querySelector('[aria-label="Borders of the phrase"]');
    for (const button of group?.querySelectorAll('button') ?? []) {
      expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
    }
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await page.getByRole('button', { name: /This is the phrase/u }).click();
    await expect.element(page.getByText('Borders corrected', { exact: false })).toBeVisible();
    await page.viewport(1280, 800);
  });

  it('are not offered where the task lets nobody correct them', async () => {
    await open(spaced('The old inspector smiled .'), [[1, 2]], { corrections: 'none' });
    expect(page.getByRole('button', { name: /Borders/u }).elements()).toEqual([]);
    await press('b');
    expect(heading()).toBe('Who or what is old?');
  });
});
