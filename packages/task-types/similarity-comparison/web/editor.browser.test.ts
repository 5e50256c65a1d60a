import axe from 'axe-core';
import { itemIdSchema } from '@casebook/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import { Rehearsal } from '../../rehearsal.svelte.ts';
import {
  similarityComparisonContract,
  type SimilarityComparisonAnswer,
  type SimilarityComparisonProtocol,
  type SimilarityComparisonUnit,
} from '../contract.ts';
import Editor from './Editor.svelte';
import ProtocolForm from './ProtocolForm.svelte';

const pair = (number: number, word1: string, word2: string) => ({
  id: itemIdSchema.parse(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`),
  word1,
  word2,
});

let work: Rehearsal<SimilarityComparisonUnit, SimilarityComparisonAnswer, SimilarityComparisonProtocol>;

async function begin(allowSame: boolean): Promise<void> {
  const protocol = { ...similarityComparisonContract.exampleProtocol, allowSame };
  work = new Rehearsal(
    similarityComparisonContract,
    protocol,
    { kind: 'word-pair', pair: { word1: 'coast', word2: 'shore' } },
    [
      { key: 'comparison-1', content: { first: pair(1, 'coast', 'shore'), second: pair(2, 'fog', 'pot') } },
      { key: 'comparison-2', content: { first: pair(3, 'cup', 'mug'), second: pair(4, 'cup', 'glass') } },
    ],
  );
  await render(Editor, { work });
}
afterEach(cleanup);

const press = (keys: string) => userEvent.keyboard(keys);
const acts = () => work.log.map(({ act }) => act);

describe('the comparison page', () => {
  it('chooses nothing by itself, and takes the arrows', async () => {
    await begin(false);
    expect(document.querySelectorAll('[aria-pressed="true"], .given')).toHaveLength(0);
    await press('{Enter}0');
    expect(acts()).toEqual([]);
    await press('{ArrowRight}');
    await press('{ArrowLeft}');
    expect(acts()).toEqual([{ kind: 'second' }, { kind: 'first' }]);
    expect(work.said[0]).toContain('coast – shore or fog – pot: fog – pot.');
  });

  it('is answered by clicks, and shows a target over its candidates once', async () => {
    await begin(true);
    await userEvent.click(page.getByRole('button', { name: 'coast – shore', exact: true }));
    await expect.element(page.getByText('cup', { exact: true })).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: /^The same/u }));
    expect(acts()).toEqual([{ kind: 'first' }, { kind: 'same' }]);
  });

  it.each([1280, 360])('passes axe, and keeps a thumb’s width, at %i px', async (width) => {
    await begin(true);
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
    for (const button of document.querySelectorAll('.comparison button')) {
      const { width: wide, height } = button.getBoundingClientRect();
      if (width < 640) expect(Math.min(wide, height)).toBeGreaterThanOrEqual(43.9);
    }
    await page.viewport(1280, 860);
  });
});

it('the form tells every change of the protocol, choices among them', async () => {
  const told: SimilarityComparisonProtocol[] = [];
  await render(ProtocolForm, {
    protocol: similarityComparisonContract.exampleProtocol,
    onchange: (protocol: SimilarityComparisonProtocol) => {
      told.push(protocol);
    },
  });
  await userEvent.click(page.getByText('Candidates of one target'));
  await userEvent.click(page.getByText('They may be called the same'));
  await userEvent.fill(page.getByLabelText('Others that each pair is compared with'), '4');
  await expect
    .poll(() => told.at(-1))
    .toEqual({
      ...similarityComparisonContract.exampleProtocol,
      among: 'shared-target',
      allowSame: true,
      partners: 4,
    });
});
