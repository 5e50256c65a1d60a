import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { routes } from '@casebook/contracts';
import type { ProjectId } from '@casebook/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestClient } from '../support/client.ts';
import { firstAdmin } from '../support/client.ts';
import { CONLL } from '../support/collections.ts';
import { startTestInstance } from '../support/instance.ts';
import type { TestInstance } from '../support/instance.ts';
import { makeProject } from '../support/people.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
const PROJECT = 'From the terminal';
const GOOD = 'word1,word2,gold\ncoast,shore,5.5\nold,new,1\n';

let test: TestInstance;
let admin: TestClient;
let projectId: ProjectId;
let folder: string;
beforeAll(async () => {
  test = await startTestInstance({ worker: false });
  admin = await firstAdmin(test);
  projectId = await makeProject(admin, PROJECT);
  folder = await mkdtemp(join(tmpdir(), 'casebook-import-'));
});
afterAll(async () => {
  await test.stop();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** As a person at the terminal, while the service runs. */
function run(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'import', ...args], {
    env: { ...process.env, DATABASE_URL: test.databaseUrl, CASEBOOK_DATA: folder },
  });
  return { status, out: String(stdout), err: String(stderr) };
}

const collections = () => admin.must(routes.collections, { params: { projectId } });

it('adds a file to a collection that it makes, and the same file adds nothing more', async () => {
  const path = await file('pairs.csv', GOOD);
  const first = run(PROJECT, 'Pairs', path, '--kind', 'word-pairs', '--json');
  expect([first.status, first.err]).toEqual([0, '']);
  expect(JSON.parse(first.out)).toMatchObject({ added: true, counts: { items: 2, gold: 2 }, refused: 0 });
  expect(await collections()).toMatchObject([{ name: 'Pairs', kind: 'word-pairs', items: 2, hasGold: true }]);
  const again = run(projectId, 'Pairs', path);
  expect(again.out + again.err).toContain('2 of them there already');
  expect(await collections()).toMatchObject([{ items: 2 }]);
});

it('adds nothing where a line is refused, and names it; with --partly it adds the rest', async () => {
  const path = await file('torn.csv', 'word1,word2,gold\nlamp,window,2\nfog,,1\n');
  const whole = run(PROJECT, 'Pairs', path);
  expect(whole.status).toBe(1);
  expect(whole.err).toMatch(/^torn\.csv:3:\d+: .+\. Expected .+\.\n/u);
  expect(whole.err).toContain('A line was refused; nothing was added.');
  expect(await collections()).toMatchObject([{ items: 2 }]);
  expect(run(PROJECT, 'Pairs', path, '--partly').status).toBe(0);
  expect(await collections()).toMatchObject([{ items: 3 }]);
});

it('leaves no collection behind that it made for a file of which nothing was added', async () => {
  const path = await file('letters.conll', CONLL);
  const refused = run(PROJECT, 'Mixed up', path, '--kind', 'word-pairs');
  expect([refused.status, refused.out]).toEqual([1, '']);
  expect(refused.err).toContain('is annotated text; this collection holds word pairs');
  expect((await collections()).map(({ name }) => name)).toEqual(['Pairs']);
  expect(run(PROJECT, 'Letters', path, '--kind', 'documents').status).toBe(0);
  expect((await collections()).map(({ name }) => name)).toEqual(['Pairs', 'Letters']);
});

it('adds nothing in a dry run', async () => {
  const path = await file('more.csv', 'word1,word2,gold\nclue,evidence,4\n');
  const dry = run(PROJECT, 'Pairs', path, '--dry-run');
  expect([dry.status, dry.out]).toEqual([
    0,
    expect.stringContaining('1 understood, 0 of them there already, nothing added.'),
  ]);
  expect((await collections())[0]).toMatchObject({ items: 3 });
});

it.each([
  ['no such project', ['Nothing', 'Pairs', 'pairs.csv'], 'Not exactly one project is called Nothing'],
  ['no such collection', [PROJECT, 'Nowhere', 'pairs.csv'], 'There is no collection Nowhere; with --kind'],
  ['no such file', [PROJECT, 'Pairs', 'none.csv'], 'There is no '],
  ['the other kind', [PROJECT, 'Pairs', 'pairs.csv', '--kind', 'documents'], 'and --kind says otherwise'],
])('says in a sentence: %s', (_, [project = '', collection = '', name = '', ...rest], sentence) => {
  const ended = run(project, collection, join(folder, name), ...rest);
  expect(ended.status).toBe(1);
  expect(ended.err).toContain(sentence);
});
