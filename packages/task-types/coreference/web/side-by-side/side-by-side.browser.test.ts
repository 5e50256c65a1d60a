import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import { itemIdSchema, unitIdSchema, type Comparison, type DocumentContent } from '@casebook/contracts';
import { numberedId } from '../../../testing/arbitrary-items.ts';
import type { CoreferenceAnswer } from '../../contract.ts';
import { comparedSideBySide } from '../../side-by-side/compare.ts';
import SideBySide from './SideBySide.svelte';

const OPENING = 'Holmes met Watson . He greeted him .'.split(' ');
const RAIN = 'Rain fell on the harbour all the night long and nobody came .'.split(' ');
/** Paragraphs of rain between the first and the last. */
const BETWEEN = 60;
const words = [...OPENING, ...Array.from({ length: BETWEEN }, () => RAIN).flat(), 'He', 'left', '.'];
const last = words.length - 3;
const document: DocumentContent = {
  tokens: words.map((text) => ({ text })),
  sentences: [[0, words.length]],
  paragraphs: [
    [0, OPENING.length],
    ...Array.from({ length: BETWEEN }, (_, place): [number, number] => [
      OPENING.length + place * RAIN.length,
      OPENING.length + (place + 1) * RAIN.length,
    ]),
    [last, words.length],
  ],
  mentions: [],
  chains: [],
  language: 'en',
};
const content = { kind: 'document' as const, document };
const itemId = itemIdSchema.parse(numberedId(1));
const NEW: CoreferenceAnswer = { kind: 'new' };
const old = (antecedent: string): CoreferenceAnswer => ({ kind: 'old', antecedents: [antecedent] });
const PLACES = [
  ['holmes', 0],
  ['watson', 2],
  ['he', 4],
  ['him', 6],
  ['left', last],
] as const;

function side(said: readonly CoreferenceAnswer[]) {
  return PLACES.flatMap(([key, at], place) => {
    const answer = said[place];
    const unit = { ranges: [[at, at + 1] as [number, number]], text: words[at] ?? '' };
    return answer === undefined
      ? []
      : [{ unitId: unitIdSchema.parse(numberedId(10 + place)), itemId, key, unit, answer }];
  });
}

const comparison: Comparison = comparedSideBySide({
  item: { id: itemId, name: 'Rain', content },
  units: [],
  a: side([NEW, NEW, old('holmes'), old('watson'), old('holmes')]),
  b: side([NEW, NEW, old('holmes'), { kind: 'non-referring' }, old('watson')]),
});
const names = { a: 'Anna', b: 'Ben' };
const press = (keys: string) => userEvent.keyboard(keys);
/** What a screen reader was told last. */
const said = () => expect.poll(() => page.getByRole('status').element().textContent);
const scroller = () => page.getByRole('region', { name: 'The text, as Anna and as Ben read it' });
const labelsIn = (element: Element) =>
  [...element.querySelectorAll('.drawn b')].map((label) => label.textContent);
const lit = (layer: string) =>
  [...(CSS.highlights.get(`editor-${layer}`) ?? [])].map((range) =>
    range.startContainer.textContent?.slice(range.startOffset, range.endOffset),
  );

beforeEach(async () => {
  await page.viewport(1280, 900);
  await render(SideBySide, { item: content, comparison, names });
});
afterEach(cleanup);

describe('two annotations side by side', () => {
  it('have the same number and colour where they name the same', async () => {
    const paragraphs = () => scroller().element().querySelectorAll('.paragraph');
    await expect.poll(() => labelsIn(paragraphs()[0] as Element)).toEqual(['1', '2', '1', '2']);
    expect(labelsIn(paragraphs()[1] as Element)).toEqual(['1', '2', '1', '∅']);
    const [own, other] = [0, 1].map((place) => paragraphs()[place]?.querySelector<HTMLElement>('.drawn b'));
    expect(own?.style.getPropertyValue('--own')).toBe(other?.style.getPropertyValue('--own'));
  });

  it('are drawn near the reader only', async () => {
    await expect.poll(() => scroller().element().querySelectorAll('.drawn').length).toBe(2);
    expect(scroller().element().querySelectorAll('.paragraph')).toHaveLength(2 * (BETWEEN + 2));
  });

  it('stand at the same place, for both are one scroller’s', () => {
    const [own, other] = scroller().element().querySelectorAll('[data-paragraph="0"]');
    expect(own?.getBoundingClientRect().top).toBe(other?.getBoundingClientRect().top);
    expect(own?.getBoundingClientRect().right).toBeLessThan(other?.getBoundingClientRect().left ?? 0);
  });

  it('are gone through by keys, the text going along, and it is told', async () => {
    await press('n');
    await said().toBe('1 of 3. Another class: “him”. Anna: entity 2, as “Watson”. Ben: non-referring.');
    await expect.poll(() => lit('lamp')).toEqual(['him', 'him']);
    const before = scroller().element().scrollTop;
    await press('n');
    await said().toMatch(/^2 of 3\. Link only by Anna: “He”\./u);
    await expect.poll(() => scroller().element().scrollTop).toBeGreaterThan(before + 500);
    await expect.poll(() => lit('echo')).toEqual(['He', 'Watson']);
    await press('nn');
    await said().toBe('That was the last difference.');
    await press('pp');
    await said().toMatch(/^1 of 3\./u);
    await expect.poll(() => scroller().element().scrollTop).toBeLessThan(200);
  });

  it('lists what differs with counts, and leaves kinds out', async () => {
    const table = page.getByRole('table', { name: 'Differences between Anna and Ben' });
    await expect.element(table.getByRole('row')).toHaveLength(4);
    await userEvent.click(page.getByRole('checkbox', { name: 'Another class 1' }));
    await expect.element(table.getByRole('row')).toHaveLength(3);
    await said().toBe('2 of 3 differences listed.');
    await press('n');
    await said().toMatch(/^1 of 2\. Link only by Anna/u);
    await userEvent.click(table.getByRole('button', { name: 'He' }).last());
    await said().toMatch(/^2 of 2\. Link only by Ben/u);
  });

  it('show one side at a time on a phone', async () => {
    await page.viewport(360, 740);
    const shown = () =>
      [...scroller().element().querySelectorAll<HTMLElement>('[data-paragraph="0"]')].map(
        ({ offsetWidth }) => offsetWidth > 0,
      );
    await expect.poll(shown).toEqual([true, false]);
    await userEvent.click(page.getByRole('radio', { name: 'Ben' }));
    await expect.poll(shown).toEqual([false, true]);
    const other = () => scroller().element().querySelectorAll('[data-paragraph="0"]')[1] as Element;
    await expect.poll(() => labelsIn(other()).sort()).toEqual(['1', '1', '2', '∅']);
  });

  it('can be read and operated by everyone', async () => {
    await press('n');
    const { violations } = await axe.run('.whole');
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
