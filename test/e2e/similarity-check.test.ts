import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, newVisitor, open } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { byRating, findSample, join, judge } from '../support/judged-sample.ts';
import { setUp, startProduct, type Product } from '../support/product.ts';

/** A dataset is checked in the browser, and the terminal gives the same figures. */

const run = promisify(execFile);

/** Forty pairs by three raters; pair p is worth p/8. One pair is there twice. */
const PAIRS = Array.from({ length: 40 }, (_, pair) => ({
  words: pair === 39 ? ['word0', 'other0'] : [`word${pair}`, `other${pair}`],
  ratings: [0, 1, 2].map((rater) => Math.min(6, Math.floor(pair / 8 + ((pair * (rater + 3)) % 5) / 3))),
}));
const TABLE = [
  'word1,word2,ann,ben,cy',
  ...PAIRS.map(({ words, ratings }) => [...words, ...ratings].join(',')),
].join('\n');
/** Words of a pair lie the closer, the more alike they were rated; `noise` says how strictly. */
const vectorsOf = (noise: number): string =>
  PAIRS.slice(0, 39)
    .flatMap(({ words: [one = '', other = ''] }, pair) => {
      const angle = ((40 - pair + ((pair * 7) % noise)) / 55) * Math.PI;
      return [
        `${one} 1 0.0001 0`,
        `${other} ${Math.cos(angle).toFixed(6)} ${Math.sin(angle).toFixed(6)} 0.1`,
      ];
    })
    .join('\n');

/** Sixty pairs of the same words. */
const LARGER = [
  'word1,word2,gold',
  ...Array.from({ length: 60 }, (_, pair) => {
    const [one, other] = [pair % 39, (pair * 5 + Math.floor(pair / 39)) % 39];
    return `word${one},other${other},${Math.abs(one - other) % 7}`;
  }),
].join('\n');

let product: Product;
let browser: Browser;
let admin: TestClient;
let page: Page;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'casebook-check-'));
  await writeFile(joinPath(folder, 'ratings.csv'), TABLE);
  await writeFile(joinPath(folder, 'vectors.txt'), vectorsOf(5));
  await writeFile(joinPath(folder, 'other-vectors.txt'), vectorsOf(11));
  await writeFile(joinPath(folder, 'larger.csv'), LARGER);
  await writeFile(
    joinPath(folder, 'broken.csv'),
    'word1,word2,gold\nsea,ocean,5\nsea,spoon,1\ncup,mug,much\n',
  );
  product = await startProduct();
  browser = await launchBrowser();
  admin = await setUp(product);
  page = await newVisitor(browser);
  const [name, value] = admin.cookie?.split('=') ?? [];
  if (name === undefined || value === undefined) throw new Error('the administrator is not logged in');
  await page.context().addCookies([{ name, value, url: product.address }]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  await rm(folder, { recursive: true });
});

async function terminal(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, ['apps/cli/src/main.ts', 'wordsim', ...args, '--json'], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const give = (file: string, place: number): Promise<void> =>
  page.locator('input[type="file"]').nth(place).setInputFiles(joinPath(folder, file));

/** A value in the row that begins so, in the table with a caption. */
async function cellOf(table: string, row: string, column: number): Promise<string> {
  const rows = page.getByRole('table', { name: table }).getByRole('row');
  const own = rows.filter({ has: page.getByRole('rowheader', { name: row, exact: true }) });
  return (await own.getByRole('cell').nth(column).innerText()).replaceAll('−', '-');
}

it('refuses a bad row with its place', async () => {
  await open(page, `${product.address}/similarity`);
  await give('broken.csv', 0);
  await page.getByText('broken.csv, line 4, column 9').waitFor();
});

it('finds what the terminal finds, without sending the file anywhere', async () => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url());
  });
  await give('ratings.csv', 0);
  await page.getByRole('heading', { name: 'Reliability' }).waitFor();
  const told = await terminal('report', joinPath(folder, 'ratings.csv'));
  expect(told).toMatchObject({ pairs: 40, ratings: 120 });
  await page.getByText('duplicate pair').waitFor();
  await page.getByRole('button', { name: /Show as a table\s*: Reliability/u }).click();
  const { apiaa, alpha } = told['reliability'] as {
    apiaa: { spearman: number };
    alpha: { interval: number };
  };
  expect(await cellOf('Reliability', 'Mean pairwise Spearman (APIAA)', 0)).toBe(apiaa.spearman.toFixed(3));
  expect(await cellOf('Reliability', 'Krippendorff’s alpha, interval', 0)).toBe(alpha.interval.toFixed(3));
  expect(sent).toEqual([]);
});

it('damages vectors as the terminal does, and lets the curve be taken out', async () => {
  await give('vectors.txt', 1);
  await page.getByRole('heading', { name: 'Does it notice damage?' }).waitFor();
  await page.getByRole('button', { name: 'Damage the vectors' }).click();
  await page.getByRole('heading', { name: 'ρ under damage' }).waitFor();
  const told = await terminal(
    'sanity',
    ...['--gold', joinPath(folder, 'ratings.csv'), '--vectors', joinPath(folder, 'vectors.txt')],
  );
  const levels = told['levels'] as { n: number; mean: number; sdDraws: number }[];
  const third = levels[3];
  if (third === undefined) throw new Error('the check has fewer than four levels');
  expect(await cellOf('Levels of damage', '0.6', 1)).toBe(third.mean.toFixed(4));
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: /CSV\s*: ρ under damage/u }).click();
  const csv = await readFile(await (await downloading).path(), 'utf8');
  expect(csv.split('\r\n')[4]).toContain(`0.6,${third.mean}`);
  const drawing = page.waitForEvent('download');
  await page.getByRole('button', { name: /SVG\s*: ρ under damage/u }).click();
  const svg = await readFile(await (await drawing).path(), 'utf8');
  expect(svg).toMatch(/^<svg[^>]*viewBox/u);
  expect(svg).toContain('seed 1');
  expect(svg).not.toContain('var(--');
});

it('draws the landscapes and the subsets of a larger dataset that the terminal draws', async () => {
  await page.getByLabel('Also draw ρ over two directions').check();
  await page.getByLabel('A larger dataset').setInputFiles(joinPath(folder, 'larger.csv'));
  await page.getByRole('button', { name: 'Damage the vectors' }).click();
  await page.getByRole('heading', { name: 'ρ over two directions of damage' }).waitFor();
  const told = await terminal(
    'sanity',
    ...['--gold', joinPath(folder, 'ratings.csv'), '--vectors', joinPath(folder, 'vectors.txt')],
    ...['--landscape', '--baseline', joinPath(folder, 'larger.csv')],
  );
  const { landscape, sameSizeBaseline, covered } = told as {
    landscape: { smooth: { rho: number[][] }; abrupt: { rho: number[][]; roughness: number } };
    sameSizeBaseline: { probabilityOfFailing: { value: number } };
    covered: number;
  };
  const name = 'The same, with only the largest components kept';
  await page.getByText(landscape.abrupt.roughness.toFixed(3)).waitFor();
  await page.getByRole('button', { name: new RegExp(`Show as a table\\s*: ${name}`, 'u') }).click();
  const [corner = NaN] = landscape.abrupt.rho[0] ?? [];
  expect(await cellOf(name, '−1', 0)).toBe(corner.toFixed(4));
  const subsets = page.getByRole('table', { name: 'What any dataset of that size would be told' });
  const larger = subsets.getByRole('row').filter({ hasText: 'larger.csv' });
  expect(await larger.getByRole('rowheader').innerText()).toBe(String(covered));
  expect(await larger.getByRole('cell').nth(1).innerText()).toBe(
    `${(100 * sameSizeBaseline.probabilityOfFailing.value).toFixed(0)} %`,
  );
});

it('compares a second model with the first as the terminal does', async () => {
  await give('other-vectors.txt', 1);
  await page.getByRole('heading', { name: 'Models against each other' }).waitFor();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const told = await terminal(
    'compare',
    ...['--gold', joinPath(folder, 'ratings.csv'), '--vectors', joinPath(folder, 'vectors.txt')],
    ...['--vectors', joinPath(folder, 'other-vectors.txt')],
  );
  const [comparison] = told['comparisons'] as {
    williams: { statistic: number; df: number };
    bootstrap: { low: number; high: number };
  }[];
  if (comparison === undefined) throw new Error('the terminal compared nothing');
  const { williams, bootstrap } = comparison;
  const shown = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');
  await page.getByText(`t(${williams.df}) ${shown(williams.statistic, 3)}`).waitFor();
  await page.getByText(`${shown(bootstrap.low, 4)} to ${shown(bootstrap.high, 4)}`).waitFor();
});

it('computes a task’s own ratings', async () => {
  const { projectId, similarity } = await findSample(admin);
  for (const [place, name] of ['Bea', 'Cy'].entries())
    await judge(await join(admin, projectId, name), projectId, similarity, 12, byRating(place));
  await open(page, `${product.address}/projects/${projectId}/tasks/${similarity.id}/reliability`);
  await page.getByRole('button', { name: 'Compute from the ratings of now' }).click();
  await page.getByRole('heading', { name: 'Reliability', level: 2 }).waitFor();
  await page.getByText('24', { exact: true }).first().waitFor();
});
