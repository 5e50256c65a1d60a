import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { launchBrowser, newVisitor } from '../support/browser.ts';
import { madeDocument } from './editor-document.ts';
import { workBetweenMarks } from './editor-trace.ts';

const PAGE = fileURLToPath(
  new URL('../../packages/task-types/coreference/web/document-editor/bench/page.ts', import.meta.url),
);
const TOKENS = 10_000;
const MENTIONS = 2_000;
const SEED = 7;
const OPENINGS = 7;
const ROUNDS = 60;
/** Milliseconds. An event waits for one frame at most, and is seen in it. */
const FRAME = 1000 / 60;

/** What the page is told about itself while keys are pressed. */
interface Bench {
  /** The name under which the next key is measured; null: not at all. */
  next: string | null;
  /** Milliseconds from each measured event to after the frame that shows it. */
  readonly toPaint: [string, number][];
}

declare global {
  interface Window {
    bench: Bench;
    openEditor: (document: unknown, start: unknown) => void;
    content: unknown;
  }
}

/**
 * The whole-document editor in a real browser, over a document made by rule: opening, selecting, and every kind of
 * change, by trusted key presses. The machine's own load is in the figures; run it when nothing else runs.
 */
export async function run(): Promise<void> {
  const document = madeDocument(TOKENS, MENTIONS, SEED);
  print(
    `${document.tokens.length} tokens, ${document.mentions.length} mentions, ${document.chains.length} entities, ${document.paragraphs.length} paragraphs; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  );
  const script = await built();
  const browser = await launchBrowser();
  try {
    const openings: number[] = [];
    for (let index = 0; index < OPENINGS; index += 1) {
      const { page, took } = await opened(browser, script, document);
      openings.push(took);
      if (index === OPENINGS - 1) await measure(browser, page);
      await page.context().close();
    }
    print(
      `open, data arrived to after the paint, each in a new page: ${summary(openings)} (aim < 200); first ${(openings[0] ?? 0).toFixed(0)} ms`,
    );
  } finally {
    await browser.close();
  }
}

async function built(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'casebook-editor-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      plugins: [svelte({ configFile: false })],
      build: {
        outDir,
        emptyOutDir: true,
        assetsInlineLimit: Number.POSITIVE_INFINITY,
        rolldownOptions: { input: PAGE, output: { format: 'iife', entryFileNames: 'page.js' } },
      },
    });
    return await readFile(join(outDir, 'page.js'), 'utf8');
  } finally {
    await rm(outDir, { recursive: true });
  }
}

async function opened(
  browser: Browser,
  script: string,
  document: unknown,
): Promise<{ page: Page; took: number }> {
  const page = await newVisitor(browser);
  await page.setContent('<!doctype html><html lang="en"><title>Editor</title><body></body></html>');
  await page.addScriptTag({ content: script });
  await page.evaluate((content) => {
    window.content = content;
  }, document);
  await page.waitForTimeout(300);
  const took = await page.evaluate(async () => {
    const began = performance.now();
    window.openEditor(window.content, { kind: 'annotated', by: 'system', name: 'made 1.0' });
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve();
        };
        port2.postMessage(null);
      });
    });
    return performance.now() - began;
  });
  await page.waitForTimeout(500);
  return { page, took };
}

async function measure(browser: Browser, page: Page): Promise<void> {
  await page.evaluate(listen);
  // What is measured is the whole editor: the names in the panel, and the numbers below the text.
  const there = await page.evaluate(() => ({
    rows: document.querySelectorAll('[role="option"]').length,
    labels: document.querySelectorAll('[data-paragraph] b').length,
  }));
  print(`drawn: ${there.rows} rows of the panel, ${there.labels} numbers in the text`);
  if (there.rows === 0 || there.labels === 0) throw new Error('the panel or the numbers are not there');
  await page.keyboard.press('j');
  await browser.startTracing(page, { categories: ['devtools.timeline', 'blink.user_timing'] });
  const press = async (key: string, name: string | null = null): Promise<void> => {
    await page.evaluate((next) => {
      window.bench.next = next;
    }, name);
    await page.keyboard.press(key);
    await page.waitForTimeout(name === null ? 20 : 50);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await press('j', 'select the next mention');
    await press('j', 'select the next mention');
    if (round % 2 === 0) await press('Shift+J', 'jump to its entity’s next mention');
    await press('o', 'take out');
    await press('r', 'open the search');
    await press('Enter', 'link');
    await press('r');
    await press('ArrowDown');
    await press('Enter', 'move');
    await press('t');
    await press('Enter', 'merge');
    await press('u', 'undo');
    await press('Escape');
    for (let step = 0; step < 3; step += 1) await press('ArrowRight');
    await press('Shift+ArrowRight', 'begin a span');
    await press('Shift+ArrowRight', 'extend a span');
    await press('Enter', 'create');
    await press('n', 'open an entity');
  }
  const work = workBetweenMarks(await browser.stopTracing());
  const toPaint = await page.evaluate(() => window.bench.toPaint);
  const entries = await page.evaluate(() => (window as unknown as { entries: unknown[] }).entries.length);
  const names = [...new Set(toPaint.map(([id]) => nameOf(id)))];
  for (const name of names) {
    const own = <Value>(figures: Iterable<readonly [string, Value]>): Value[] =>
      [...figures].filter(([id]) => nameOf(id) === name).map(([, value]) => value);
    const worked = own(work);
    const painted = own(toPaint);
    print(
      `${name}: work ${summary(worked.map(({ clock }) => clock))}, processor ${summary(worked.map(({ processor }) => processor))}, then until all is at rest ${summary(worked.map(({ afterwards }) => afterwards))}; event to after the paint ${summary(painted)}, ${painted.filter((took) => took > 2 * FRAME).length} frames dropped`,
    );
  }
  print(`entries in the log: ${entries}`);
  await scroll(page);
  const nodes = await page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 0;
    while (walker.nextNode() !== null) count += 1;
    return { count, elements: document.querySelectorAll('*').length };
  });
  print(`DOM nodes: ${nodes.count}, of which elements ${nodes.elements} (aim ≤ 3000)`);
}

/** Runs in the page: marks each measured key, and the moment after the frame that shows what it did. */
function listen(): void {
  window.bench = { next: null, toPaint: [] };
  let count = 0;
  window.addEventListener(
    'keydown',
    (event) => {
      if (!event.isTrusted) throw new Error('only keys that a person could press count');
      const { next } = window.bench;
      if (next === null || event.key === 'Shift') return;
      window.bench.next = null;
      count += 1;
      const id = `${next}#${count}`;
      performance.mark(`begin-${id}`);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          performance.mark(`end-${id}`);
          window.bench.toPaint.push([id, performance.now() - event.timeStamp]);
        };
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
}

/** Scrolls the whole text by a steady amount a frame, and counts the frames that came late. */
async function scroll(page: Page): Promise<void> {
  const { late, frames, gaps } = await page.evaluate(async () => {
    const scroller = document.querySelector('[role="application"]');
    if (scroller === null) throw new Error('there is no text');
    scroller.scrollTop = 0;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const gaps: number[] = [];
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (let frame = 0; frame < 240; frame += 1) {
      scroller.scrollTop += 60;
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      gaps.push(now - last);
      last = now;
    }
    const late = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0);
    return { late, frames: gaps.length, gaps };
  });
  print(
    `scrolling 60 px a frame: ${late} frames dropped of ${frames + late}; frame to frame ${summary(gaps)}`,
  );
}

function nameOf(id: string): string {
  return id.split('#')[0] ?? id;
}

function summary(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number): string =>
    (sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (n = ${sorted.length})`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
