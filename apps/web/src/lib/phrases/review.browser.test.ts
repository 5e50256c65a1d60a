import axe from 'axe-core';
import { itemIdSchema } from '@casebook/contracts';
import type { ChangePhrases, PhraseReview } from '@casebook/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import SpecimenDesk from './SpecimenDesk.svelte';
import { Review } from './review.svelte.ts';

const WORDS = 'The old sergeant filled his pipe . He watched the gate .'.split(' ');
const PROPOSED = { p1: [0, 3], p2: [4, 6], p3: [4, 5], p4: [7, 8], p5: [9, 11] } as const;

const specimen = (): PhraseReview => ({
  itemId: itemIdSchema.parse('01939b6e-0000-7000-8000-000000000001'),
  name: 'watch',
  state: 'open',
  document: {
    tokens: WORDS.map((text) => ({ text })),
    sentences: [
      [0, 7],
      [7, 12],
    ],
    paragraphs: [[0, 12]],
    mentions: [],
    chains: [],
    language: 'en',
  },
  phrases: Object.entries(PROPOSED).map(([id, [start, end]]) => ({
    id,
    proposed: { rule: 'noun phrase', ranges: [[start, end]] },
    ranges: [[start, end]],
    verdict: 'open',
  })),
  revision: 3,
  chunker: 'specimen',
  createdAt: '2027-01-01T00:00:00Z',
});

let sent: { revision: number; changes: ChangePhrases['changes'] }[];
let failing: boolean;
let review: Review;
const confirmed = vi.fn<(revision: number, unreviewed: string) => void>();

beforeEach(async () => {
  // What a review of an earlier test still stores must not arrive here.
  const own: typeof sent = [];
  sent = own;
  failing = false;
  confirmed.mockClear();
  review = new Review(specimen(), {
    change: (revision, changes) => {
      if (failing) return Promise.reject(new Error('Out of reach.'));
      own.push({ revision, changes: [...changes] });
      return Promise.resolve({ revision: revision + 1 });
    },
    confirm: (revision, unreviewed) => {
      confirmed(revision, unreviewed);
      return Promise.resolve();
    },
  });
  await render(SpecimenDesk, { review });
});
afterEach(cleanup);

const press = (keys: string) => userEvent.keyboard(keys);
const standing = () => review.phrases.map((phrase) => `${review.textOf(phrase)} ${phrase.verdict}`);

describe('reviewing proposed phrases', () => {
  it('asks about the first, and by keys goes through all', async () => {
    await expect.element(page.getByRole('heading', { name: 'Can The old sergeant refer?' })).toBeVisible();
    await press('ara');
    await expect.element(page.getByRole('heading', { name: 'Can He refer?' })).toBeVisible();
    await press('aa');
    await expect.element(page.getByRole('heading', { name: 'Everything is looked at.' })).toBeVisible();
    expect(standing()).toEqual([
      'The old sergeant accepted',
      'his pipe rejected',
      'his accepted',
      'He accepted',
      'the gate accepted',
    ]);
    await page.getByRole('button', { name: 'Confirm 4 markables' }).click();
    await vi.waitFor(() => {
      expect(confirmed).toHaveBeenCalledWith(3 + sent.length, 'refuse');
    });
  });

  it('mends both ends by the keyboard, as far as the text goes, and says what stands', async () => {
    await press('{Control>}{Shift>}{ArrowRight}{/Shift}{/Control}');
    await press('{Shift>}{ArrowRight}{/Shift}');
    await expect.element(page.getByRole('status')).toHaveTextContent('“old sergeant filled”');
    expect(standing()[0]).toBe('old sergeant filled accepted');
    await press('{Control>}{Shift>}{ArrowLeft}{ArrowLeft}{/Shift}{/Control}');
    await expect.element(page.getByRole('status')).toHaveTextContent('It can’t be moved further.');
    await press('uuu');
    expect(standing()[0]).toBe('The old sergeant open');
  });

  it('lets no two phrases hold the same words', async () => {
    await press('jj{Shift>}{ArrowRight}{/Shift}');
    await expect.element(page.getByRole('status')).toHaveTextContent('These words are a phrase already.');
    expect(standing()[2]).toBe('his open');
  });

  it('makes phrases of one’s own, which can be moved, and takes them back', async () => {
    await press('m');
    expect(standing()[1]).toBe('The accepted');
    await press('{ArrowRight}{ArrowRight}');
    expect(standing()[1]).toBe('sergeant accepted');
    await press('uuu');
    expect(standing().filter((words) => !words.endsWith('open'))).toEqual(['The rejected']);
  });

  it('goes to what is clicked in the text', async () => {
    document.querySelector<HTMLElement>('[data-mark="p5"]')?.click();
    await expect.element(page.getByRole('heading', { name: 'Can the gate refer?' })).toBeVisible();
  });

  it('accepts all that remain as one step', async () => {
    await press('r{Shift>}A{/Shift}');
    expect(review.open).toBe(0);
    await press('u');
    expect(review.open).toBe(4);
  });

  it('can be taken with open phrases, on purpose', async () => {
    await press('a');
    await page.getByRole('button', { name: 'Take 4 open phrases unreviewed' }).click();
    await vi.waitFor(() => {
      expect(confirmed).toHaveBeenCalledWith(4, 'take');
    });
  });

  it('stores each change once, together, on the revision it was made on', async () => {
    await press('aru');
    await vi.waitFor(() => {
      expect(review.isSaved).toBe(true);
    });
    const stored = sent.flatMap(({ changes }) => changes);
    expect(stored.at(-1)).toEqual({ id: 'p2', ranges: [[4, 6]], verdict: 'open' });
    expect(sent.map(({ revision }) => revision)).toEqual(sent.map((_, index) => 3 + index));
  });

  it('keeps what could not be stored, and says so', async () => {
    failing = true;
    await press('a');
    await expect.element(page.getByRole('alert')).toHaveTextContent('Not stored yet Out of reach. Try again');
    failing = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await vi.waitFor(() => {
      expect(sent.flatMap(({ changes }) => changes)).toEqual([
        { id: 'p1', ranges: [[0, 3]], verdict: 'accepted' },
      ]);
    });
  });

  it('has nothing that axe objects to', async () => {
    const { violations } = await axe.run(document.body);
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});
