import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { routes } from '@casebook/contracts';
import type { CollectionId, ProjectId, TaskId } from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { launchBrowser, newVisitor, open, PATIENCE } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { eventually, importFile, makeCollection } from '../support/collections.ts';
import { join } from '../support/judged-sample.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';
import { makeOpenTask } from '../support/tasks.ts';

/** Three coders judge the same pairs by keyboard, four at a time and two at a time, to tables that recompute. */

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
/** The nearest first. */
const PAIRS = [
  'coast – shore',
  'clue – hint',
  'rain – drizzle',
  'lamp – window',
  'letter – bride',
  'fog – teapot',
];
const UNITS = 12;

let product: Product;
let browser: Browser;
let folder: string;
let admin: TestClient;
let projectId: ProjectId;
let collectionId: CollectionId;
const coders: Page[] = [];
beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  folder = await mkdtemp(joinPath(tmpdir(), 'casebook-paradigms-'));
  admin = await setUp(product);
  projectId = (await admin.must(routes.makeProject, { body: { name: 'Near and far' } })).id;
  collectionId = await makeCollection(admin, projectId, 'word-pairs');
  const table = ['word1,word2', ...PAIRS.map((pair) => pair.replace(' – ', ','))].join('\n');
  await importFile(admin, projectId, collectionId, 'pairs.csv', `${table}\n`);
  for (const name of ['Bea', 'Cy', 'Dee']) {
    const client = await join(admin, projectId, name);
    const page = await newVisitor(browser, { reducedMotion: 'reduce' });
    const [cookie = '', value = ''] = client.cookie?.split('=') ?? [];
    await page.context().addCookies([{ name: cookie, value, url: product.address }]);
    coders.push(page);
  }
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  await rm(folder, { recursive: true, force: true });
});

const protocolSchema = z.record(z.string(), z.json());

async function openTask(type: string, changes: object): Promise<TaskId> {
  const protocol = protocolSchema.parse({
    ...protocolSchema.parse(taskTypeContracts.get(type)?.exampleProtocol),
    ...changes,
  });
  return (await makeOpenTask(admin, projectId, type, { collectionId, protocol, wanted: 3 })).taskId;
}

/** Lets every coder answer all units from the keyboard and hand the block in; the third sees everything reversed. */
async function judgeAll(
  taskId: TaskId,
  keysFor: (page: Page, rankOf: (pair: string) => number) => Promise<readonly string[]>,
): Promise<void> {
  await Promise.all(
    coders.map(async (page, coder) => {
      await open(page, `${product.address}/work/${projectId}/${taskId}`);
      const rankOf = (pair: string) => (coder === 2 ? -1 : 1) * PAIRS.indexOf(pair);
      for (let done = 0; done < UNITS; done += 1) {
        await page.getByRole('img', { name: `${String(done)} of ${String(UNITS)}`, exact: false }).waitFor();
        for (const key of await keysFor(page, rankOf)) await page.keyboard.press(key);
      }
      await page.getByRole('button', { name: /Hand it in/u }).waitFor();
      await page.keyboard.press('Enter');
    }),
  );
  const params = { projectId, taskId };
  await eventually(
    () => admin.must(routes.task, { params }),
    ({ counts }) => counts.complete === 1,
  );
  const { counts } = await admin.must(routes.task, { params });
  expect(counts).toMatchObject({ units: UNITS, judgements: 3 * UNITS });
}

async function exported(taskId: TaskId, format: string): Promise<string> {
  const response = await admin.fetch(`/projects/${projectId}/tasks/${taskId}/export/${format}`);
  expect(response.status).toBe(200);
  return response.text();
}

const aggregateSchema = z.object({ scores: z.record(z.string(), z.number()) });

/** The scores that the terminal makes of a download. */
async function recomputed(text: string, model: string): Promise<Record<string, number>> {
  const file = joinPath(folder, `${model}.csv`);
  await writeFile(file, text);
  const words = [MAIN, 'aggregate', file, '--model', model, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return aggregateSchema.parse(JSON.parse(stdout)).scores;
}

/** A table's rows by the names of its columns. */
function rowsOf(table: string): ReadonlyMap<string, string>[] {
  const [header = [], ...rows] = table
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((cells) => new Map(header.map((column, place) => [column, cells[place] ?? ''])));
}

describe('three coders, from the keyboard to a table', () => {
  it(
    'scale pairs best–worst, and the terminal counts the same scores',
    { timeout: 4 * PATIENCE },
    async () => {
      const taskId = await openTask('best-worst', { blockSize: 20 });
      await judgeAll(taskId, async (page, rankOf) => {
        const shown = await page.getByRole('button', { name: /^most similar: /u }).all();
        const labels = await Promise.all(shown.map((button) => button.getAttribute('aria-label')));
        const ranks = labels.map((label) => rankOf(label?.replace('most similar: ', '') ?? ''));
        const keyOf = (rank: number) => String(ranks.indexOf(rank) + 1);
        return [keyOf(Math.min(...ranks)), keyOf(Math.max(...ranks))];
      });
      const rows = rowsOf(await exported(taskId, 'tsv'));
      expect(rows.map((row) => `${row.get('word1') ?? ''} – ${row.get('word2') ?? ''}`)).toEqual(PAIRS);
      expect(rows.map((row) => row.get('shown'))).toEqual(PAIRS.map(() => '24'));
      const scores = await recomputed(await exported(taskId, 'choices'), 'best-worst');
      expect(rows.map((row) => Number(row.get('score')))).toEqual(
        rows.map((row) => scores[row.get('pair') ?? '']),
      );
      // Two coders of three see the nearest as the best whenever it is shown.
      expect(rows[0]?.get('score')).toBe(String((16 - 8) / 24));
    },
  );

  it('compare pairs, and the terminal fits the same strengths', { timeout: 4 * PATIENCE }, async () => {
    const taskId = await openTask('similarity-comparison', { partners: 4, blockSize: 20 });
    await judgeAll(taskId, async (page, rankOf) => {
      const shown = await page.getByRole('group').locator('button[aria-label]').all();
      const [first = '', second = ''] = await Promise.all(
        shown.map(async (button) => (await button.getAttribute('aria-label')) ?? ''),
      );
      return [rankOf(first) < rankOf(second) ? 'ArrowLeft' : 'ArrowRight'];
    });
    const rows = rowsOf(await exported(taskId, 'tsv'));
    expect(rows.map((row) => row.get('comparisons'))).toEqual(PAIRS.map(() => '12'));
    const strengths = await recomputed(await exported(taskId, 'comparisons'), 'bradley-terry');
    for (const row of rows) {
      expect(row.get('strength')).not.toBe('');
      expect(Number(row.get('strength'))).toBeCloseTo(strengths[row.get('pair') ?? ''] ?? NaN, 9);
    }
    const [nearest, , , , , farthest] = rows.map((row) => Number(row.get('score')));
    expect([nearest, farthest]).toEqual([2 / 3, 1 / 3]);
  });
});
