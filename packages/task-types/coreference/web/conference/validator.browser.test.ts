import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import type { DocumentContent } from '@casebook/contracts';
import { ConferenceRehearsal } from '../../../conference-rehearsal.svelte.ts';
import {
  coreferenceContract,
  type CoreferenceAnswer,
  type CoreferenceProtocol,
  type EitherAnswer,
  type EitherUnit,
} from '../../contract.ts';
import Validator from './Validator.svelte';

const OPENING = 'The inspector met the widow . '.split(' ').filter((word) => word !== '');
const BETWEEN = 'Rain fell on the harbour all the night long and nobody came .'.split(' ');
const ENDING = 'He gave her the ledger .'.split(' ');
type Work = ConferenceRehearsal<EitherUnit, EitherAnswer, CoreferenceProtocol>;
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });

/** Two sentences, and so many paragraphs between them. */
function put(between: number): Work {
  const words = [...OPENING, ...Array.from({ length: between }, () => BETWEEN).flat(), ...ENDING];
  const he = words.length - ENDING.length;
  const spans = { inspector: [0, 2], widow: [3, 5], he: [he, he + 1], her: [he + 2, he + 3] } as const;
  const ranges = (lengths: readonly number[]): [number, number][] => {
    let at = 0;
    return lengths.map((length) => {
      at += length;
      return [at - length, at];
    });
  };
  const paragraphs = ranges([
    OPENING.length,
    ...Array.from({ length: between }, () => BETWEEN.length),
    ENDING.length,
  ]);
  const document: DocumentContent = {
    tokens: words.map((text) => ({ text })),
    sentences: paragraphs,
    paragraphs,
    mentions: Object.entries(spans).map(([id, [start, end]]) => ({ id, ranges: [[start, end]] })),
    chains: [],
    language: 'en',
  };
  return new ConferenceRehearsal<EitherUnit, EitherAnswer, CoreferenceProtocol>(
    coreferenceContract.exampleProtocol,
    { kind: 'document', document },
    Object.entries(spans).map(([key, [start, end]]) => ({
      key,
      content: { ranges: [[start, end]], text: words.slice(start, end).join(' ') },
    })),
    [
      { key: 'he', answer: { kind: 'new' } },
      { key: 'he', answer: old('inspector') },
      {
        key: 'her',
        answer: { kind: 'non-referring', span: { ranges: [[31, 34]], text: 'gave her' } },
      },
    ],
  );
}

let work: Work;
const press = (keys: string) => userEvent.keyboard(keys);
const said = () => work.log.map(({ verdict, instead }) => [verdict, instead]);
const marked = (kind: string) =>
  [...document.querySelectorAll(`[data-mark].${kind}`)].map((mark) => mark.textContent);
const heading = () => page.getByRole('heading', { level: 2 });

afterEach(cleanup);

describe('a reading put to a validator', () => {
  beforeEach(async () => {
    work = put(0);
    await render(Validator, { work });
  });

  it('is a sentence, its phrase under the lamp and what it points at marked otherwise', async () => {
    await expect.element(heading()).toHaveTextContent('He is new here: not named before.');
    expect([marked('question'), marked('chosen')]).toEqual([['He'], []]);
    await press('a');
    await expect.element(heading()).toHaveTextContent('He is the same as The inspector.');
    expect([marked('question'), marked('chosen')]).toEqual([['He'], ['The inspector']]);
    await expect.element(page.getByText('Reading 2 of 2 of this phrase')).toBeVisible();
  });

  it('is agreed with by a key, and can’t be told by another', async () => {
    await press('at');
    expect(said()).toEqual([
      ['agree', null],
      ['unsure', null],
    ]);
    expect(work.said.at(-1)).toBe('Can’t tell. “her” refers to nothing.');
  });

  it('says where who read it so would have the phrase begin and end', async () => {
    expect(document.body.textContent).not.toContain('would have the phrase be');
    await press('aa');
    await expect
      .element(page.getByText('would have the phrase be “gave her”', { exact: false }))
      .toBeVisible();
    await expect.element(heading()).toHaveTextContent('her refers to nothing.');
  });

  it('that is disagreed with asks for an answer, as step by step', async () => {
    await press('d');
    expect(said()).toEqual([]);
    await press('r');
    await expect.element(page.getByRole('combobox')).toHaveFocus();
    await press('insp{Enter}');
    expect(said()).toEqual([['disagree', old('inspector')]]);
    expect(work.said.at(-1)).toBe(
      'Disagreed; instead: the same as “The inspector”. “He” is the same as “The inspector”.',
    );
  });

  it('takes every kind of answer instead, from the keyboard', async () => {
    await press('dx');
    await press('d{ArrowLeft}{Enter}');
    await press('dn');
    expect(said()).toEqual([
      ['disagree', { kind: 'non-referring' }],
      ['disagree', old('widow')],
      ['disagree', { kind: 'new' }],
    ]);
  });

  it('points at several for a plural', async () => {
    await press('dr{ArrowDown} ');
    await press(' {Enter}');
    expect(said()[0]?.[0]).toBe('disagree');
    expect(work.log[0]?.instead).toMatchObject({ kind: 'old' });
    expect(new Set((work.log[0]?.instead as { antecedents: string[] }).antecedents)).toEqual(
      new Set(['widow', 'inspector']),
    );
  });

  it('is not answered instead by itself', async () => {
    await press('dn');
    expect(said()).toEqual([]);
    expect(work.said.at(-1)).toContain('agree with it');
    await expect.element(heading()).toHaveTextContent('He is new here: not named before.');
  });

  it('offers what was answered to the reading before', async () => {
    await press('dx');
    await press('d');
    await expect.element(page.getByRole('button', { name: /As before: ?refers to nothing/u })).toBeVisible();
    await press('{Enter}');
    expect(said().at(-1)).toEqual(['disagree', { kind: 'non-referring' }]);
  });

  it('is gone back to, with what was said, to say something else or leave it so', async () => {
    await press('au');
    await expect.element(page.getByText(/You said: ?agreed/u)).toBeVisible();
    await press('{Escape}');
    await expect.element(heading()).toHaveTextContent('He is the same as The inspector.');
    await press('ut');
    expect(said()).toEqual([
      ['agree', null],
      ['unsure', null],
    ]);
    expect(work.log[1]?.reading).toBe(work.log[0]?.reading);
  });

  it('carries a comment, and typing is no verdict', async () => {
    await press('c');
    await press('dat{Enter}a');
    expect(work.log).toMatchObject([{ verdict: 'agree', comment: 'dat' }]);
  });

  it('leaves the answer without a verdict by Escape', async () => {
    await press('dr{Escape}');
    await press('{Escape}');
    expect(said()).toEqual([]);
    await expect.element(heading()).toHaveTextContent('He is new here: not named before.');
  });

  it.each([1280, 320])('passes axe in every mode, and nothing scrolls sideways, at %i px', async (width) => {
    await page.viewport(width, 860);
    for (const keys of ['a', 'd', 'r', '{Escape}{ArrowLeft} ', '{Escape}', '{Escape}c']) {
      await press(keys);
      await Promise.all(document.getAnimations().map(({ finished }) => finished));
      const { violations } = await axe.run(document.body, {
        // The page around the validator has these.
        rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
      });
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }
    await page.viewport(1280, 860);
  });
});

describe('phrases too far apart for one screen', () => {
  const inView = (element: Element): boolean => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  };

  it('are shown each in an excerpt, both in view, and the whole text is one key away', async () => {
    await page.viewport(1280, 860);
    work = put(40);
    await render(Validator, { work });
    await press('a');
    await expect.element(page.getByText('Paragraph 1 of 42')).toBeVisible();
    await expect.element(page.getByText('Paragraph 42 of 42')).toBeVisible();
    const marks = [...document.querySelectorAll('[data-mark]')];
    expect(marks.map((mark) => mark.textContent)).toEqual(['The inspector', 'He']);
    expect(marks.every(inView)).toBe(true);
    await press('w');
    expect(page.getByText('Paragraph 1 of 42').elements()).toHaveLength(0);
    await expect.poll(() => [...document.querySelectorAll('.question')].some(inView)).toBe(true);
    await press('w');
    await expect.element(page.getByText('Paragraph 1 of 42')).toBeVisible();
  });

  it('of the next reading are looked at anew', async () => {
    work = put(40);
    await render(Validator, { work });
    await press('aa');
    expect(page.getByText('Paragraph 42 of 42').elements()).toHaveLength(0);
    await expect.poll(() => [...document.querySelectorAll('.question')].some(inView)).toBe(true);
  });
});
