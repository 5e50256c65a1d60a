import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '@casebook/ui/styles.css';
import type { DocumentContent } from '@casebook/contracts';
import { Rehearsal } from '../../rehearsal.svelte.ts';
import {
  coreferenceContract,
  type CoreferenceProtocol,
  type DocumentAnswer,
  type EitherAnswer,
  type EitherUnit,
} from '../contract.ts';
import { MOST_ENTRIES, type LogEntry } from '../document-editor/contract.ts';
import { isDocumentUnit } from '../document-unit.ts';
import { misfitOnUnit } from '../misfit.ts';
import EitherEditor from './EitherEditor.svelte';
import { PassInHand } from './pass-in-hand.svelte.ts';

const WORDS = 'The inspector met the widow . He gave her the ledger .'.split(' ');
const DOCUMENT: DocumentContent = {
  tokens: WORDS.map((text) => ({ text })),
  sentences: [
    [0, 6],
    [6, 12],
  ],
  paragraphs: [[0, 12]],
  mentions: [],
  chains: [],
  language: 'en',
};
const UNIT: EitherUnit = {
  kind: 'document',
  name: 'The ledger',
  tokens: 12,
  start: { kind: 'text' },
  mentions: [],
  chains: [],
};
const PROTOCOL: CoreferenceProtocol = {
  section: { kind: 'document' },
  pass: { kind: 'document', start: { kind: 'text' } },
};

let work: Rehearsal<EitherUnit, EitherAnswer, CoreferenceProtocol>;

beforeEach(async () => {
  work = new Rehearsal(coreferenceContract, PROTOCOL, { kind: 'document', document: DOCUMENT }, [
    { key: 'the whole document', content: UNIT },
  ]);
  await render(EitherEditor, { work });
});
afterEach(cleanup);

const press = (keys: string) => userEvent.keyboard(keys);
const given = (): DocumentAnswer[] =>
  work.log.flatMap(({ act }) => (typeof act !== 'string' && act.kind === 'document' ? [act] : []));
const kinds = (answer: DocumentAnswer | undefined) => answer?.entries.map(({ kind }) => kind);

describe('a document at once', () => {
  it('is saved when its coder rests, not for every key, and stays open', async () => {
    await press('m{Shift>}{ArrowRight}{/Shift}n');
    expect(given()).toHaveLength(0);
    await expect.poll(() => given().length).toBe(1);
    expect(kinds(given()[0])).toEqual(['make-mention', 'open-entity']);
    expect(work.current?.key).toBe('the whole document');
    await expect.element(page.getByText('All that you did is kept.')).toBeVisible();
  });

  it('holds the whole log with every save, which its unit can be replayed over', async () => {
    await press('m{Shift>}{ArrowRight}{/Shift}n');
    globalThis.dispatchEvent(new Event('blur'));
    await press('{Escape}{ArrowDown}m1');
    globalThis.dispatchEvent(new Event('blur'));
    expect(given().map(({ entries }) => entries.length)).toEqual([2, 4]);
    for (const answer of given()) expect(misfitOnUnit.of(answer, UNIT)).toBeNull();
  });

  it('is handed in by a key, and can be gone on with', async () => {
    await press('m{Shift>}{ArrowRight}{/Shift}n');
    await press('{Control>}{Enter}{/Control}');
    expect(given()).toHaveLength(1);
    expect(work.current).toBeNull();
    await userEvent.click(page.getByRole('button', { name: 'Go on with it' }));
    await expect.element(page.getByRole('button', { name: /Hand in/u })).toBeVisible();
    await press('u');
    globalThis.dispatchEvent(new Event('blur'));
    await vi.waitFor(() => {
      expect(kinds(given().at(-1))).toEqual(['make-mention', 'open-entity', 'undo']);
    });
  });

  it('loses nothing where handing in is taken back', async () => {
    await press('m{Shift>}{ArrowRight}{/Shift}n{Control>}{Enter}{/Control}');
    work.undo();
    await expect.poll(() => given().length).toBe(2);
    expect(given()[1]).toEqual(given()[0]);
  });
});

describe('a log that is as long as can be kept', () => {
  it('is handed in as it was, says so, and leaves the coder the whole of it', () => {
    const kept = Array.from({ length: MOST_ENTRIES }, (): LogEntry => ({ kind: 'undo' }));
    const [unit] = work.units.flatMap((each) =>
      isDocumentUnit(each.content) ? [{ ...each, content: each.content }] : [],
    );
    if (unit === undefined) throw new Error('there is no document');
    work.answer({ kind: 'document', start: unit.content.start, entries: kept });
    const pass = new PassInHand(work, unit);
    pass.add({ kind: 'redo' });
    pass.save();
    expect([pass.tooLong, pass.unsaved]).toEqual([true, 1]);
    expect(pass.handIn()).toBe(true);
    expect(given().at(-1)?.entries).toHaveLength(MOST_ENTRIES);
    expect(pass.leftBehind).toHaveLength(MOST_ENTRIES + 1);
    expect(pass.leftBehind?.at(-1)).toEqual({ kind: 'redo' });
  });
});
