import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { routes, submissionIdSchema } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recompute } from '../../apps/api/src/agreement/worker.ts';
import { restoreBackup } from '../../apps/api/src/backup/restore-backup.ts';
import { writeBackup } from '../../apps/api/src/backup/write-backup.ts';
import { MIGRATIONS } from '../../apps/api/src/instance.ts';
import { packFiles, sha256, unpackFiles } from '../../apps/api/src/releases/archive.ts';
import { compareReleases } from '../../apps/api/src/releases/compare-releases.ts';
import { differences } from '../../apps/api/src/releases/differences.ts';
import { figuresOf } from '../../apps/api/src/releases/figures.ts';
import { hashList, signingKey } from '../../apps/api/src/releases/format.ts';
import { makeRelease } from '../../apps/api/src/releases/make-release.ts';
import { ROW_FILES } from '../../apps/api/src/releases/rows.ts';
import type { ReleaseRows } from '../../apps/api/src/releases/rows.ts';
import { verifyRelease } from '../../apps/api/src/releases/verify-release.ts';
import { seedSample } from '../../apps/api/src/sample/seed.ts';
import { firstAdmin } from '../support/client.ts';
import { makeEmptyDatabase } from '../support/database.ts';
import { startTestInstance } from '../support/instance.ts';
import type { TestInstance } from '../support/instance.ts';
import { byGold, byRating, findSample, join, judge } from '../support/judged-sample.ts';
import type { Sample } from '../support/judged-sample.ts';

const SECRET = 'a secret that nobody can guess';

let test: TestInstance;
let sample: Sample;
let bytes: Buffer;
let root: string;
beforeAll(async () => {
  test = await startTestInstance({ worker: false });
  await seedSample(test.instance.services);
  const admin = await firstAdmin(test);
  sample = await findSample(admin);
  const { projectId, coreference, similarity } = sample;
  const gold = await byGold(admin, sample);
  const coders = [];
  for (const name of ['Cleo', 'Ben']) coders.push(await join(admin, projectId, name));
  for (const [place, coder] of coders.entries()) {
    await judge(coder, projectId, coreference, 12, (unit, at) =>
      at % 4 === place ? { kind: 'answer', answer: { kind: 'new' } } : gold(unit, at),
    );
    await judge(coder, projectId, similarity, 8, byRating(place));
  }
  const params = { projectId, taskId: coreference.id };
  const [cleo] = coders;
  const claimed = await cleo?.must(routes.claim, { params });
  const next = claimed?.kind === 'lease' ? claimed.lease.units[12] : undefined;
  if (next === undefined) throw new Error('nothing is left to judge');
  const submissionId = submissionIdSchema.parse(uuidv7());
  const act = { kind: 'answer' as const, answer: { kind: 'new' } };
  const body = { submissionId, unitId: next.id, act, elapsedMs: 900, comment: 'on a train' };
  await cleo?.must(routes.submit, { params, body });
  ({ bytes, root } = await released(test.databaseUrl));
}, 180_000);
afterAll(async () => {
  await test.stop();
});

async function released(url: string, number = 1): Promise<{ bytes: Buffer; root: string }> {
  const made = await makeRelease(url, { project: sample.projectId, number, secret: SECRET });
  if (made === undefined) throw new Error('there is no such project');
  return made;
}

const publicKey = (): string =>
  createPublicKey(signingKey(SECRET)).export({ type: 'spki', format: 'pem' }).toString();

function rowsOf(files: ReadonlyMap<string, Buffer>): ReleaseRows {
  const read = (file: string): unknown[] =>
    (files.get(`data/${file}.jsonl`)?.toString() ?? '')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  return Object.fromEntries(ROW_FILES.map((file) => [file, read(file)])) as unknown as ReleaseRows;
}

describe('a release', () => {
  it('is consistent, and proved by its root hash or its key', async () => {
    expect(await verifyRelease(bytes, {})).toMatchObject({ root, origin: 'unproved', faults: [] });
    expect(await verifyRelease(bytes, { root })).toMatchObject({ origin: 'proved', faults: [] });
    expect(await verifyRelease(bytes, { key: publicKey() })).toMatchObject({ origin: 'proved', faults: [] });
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect((await verifyRelease(bytes, { key: other })).faults).toEqual([
      'signature: it is not that of the key given over this root hash',
    ]);
  });

  it('is the same bytes again, and from the restored backup', async () => {
    expect((await released(test.databaseUrl)).bytes.equals(bytes)).toBe(true);
    const stream = new PassThrough();
    const [backup] = await Promise.all([buffer(stream), writeBackup(test.databaseUrl, stream)]);
    const url = await makeEmptyDatabase(test.databaseUrl);
    await restoreBackup(url, Readable.from([backup]), MIGRATIONS);
    expect((await released(url)).bytes.equals(bytes)).toBe(true);
  });

  it('holds the judgements, and nothing that names or dates a person', async () => {
    const files = await unpackFiles(bytes);
    expect(rowsOf(files).judgements).toHaveLength(41);
    const text = [...files.values()].map(String).join('\n');
    for (const word of ['Cleo', 'cleo@', '@example.org', 'on a train', sample.projectId])
      expect(text).not.toContain(word);
    const client = new pg.Client({ connectionString: test.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ id: string }>(
      'SELECT "id" FROM "Member" UNION SELECT "id" FROM "Judgement" UNION SELECT "id" FROM "Unit" UNION SELECT "id" FROM "Item"',
    );
    await client.end();
    expect(rows.length).toBeGreaterThan(41);
    for (const { id } of rows) expect(text).not.toContain(id);
  });

  it('states the agreement that the service states', async () => {
    const agreement = figuresOf(rowsOf(await unpackFiles(bytes))).agreement as { views: unknown[] }[];
    const stated = [];
    for (const task of [sample.coreference, sample.similarity]) {
      await recompute(test.instance.services, { projectId: sample.projectId, taskId: task.id });
      const row = await test.instance.services.database.prisma.agreementSnapshot.findUniqueOrThrow({
        where: { projectId_taskId: { projectId: sample.projectId, taskId: task.id } },
      });
      stated.push(row.views);
    }
    const measures = (views: unknown): unknown[] =>
      (JSON.parse(JSON.stringify(views)) as { measures: unknown[] }[]).map((view) => view.measures);
    for (const views of stated) {
      const same = agreement.some((own) => differences(measures(own.views), measures(views)).length === 0);
      expect(same).toBe(true);
    }
  });

  it('differs from another by what was judged since', async () => {
    expect(await compareReleases(bytes, bytes)).toEqual([]);
    const second = await released(test.databaseUrl, 2);
    expect((await compareReleases(bytes, second.bytes)).map(({ file }) => file)).toEqual(['release.json']);
  });
});

describe('at the terminal', () => {
  const main = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
  const casebook = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(joinPath(tmpdir(), 'casebook-release-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('verify ends with 0, 1 or 2, and diff tells the lines', async () => {
    const whole = joinPath(folder, 'whole.tar');
    const changed = joinPath(folder, 'changed.tar');
    const key = joinPath(folder, 'key.pem');
    const files = new Map(await unpackFiles(bytes));
    dropLine('data/judgements.jsonl')(files);
    await writeFile(whole, bytes);
    await writeFile(changed, await packFiles(files));
    await writeFile(key, publicKey());
    expect(casebook('verify', whole)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Consistent, origin unproved') as string,
    });
    expect(casebook('verify', whole, '--root', root, '--key', key)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Consistent, origin proved') as string,
    });
    expect(casebook('verify', changed)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('data/judgements.jsonl: its hash is') as string,
    });
    expect(casebook('verify', joinPath(folder, 'none.tar')).status).toBe(2);
    expect(casebook('diff', whole, changed).stdout).toContain('data/judgements.jsonl: 1 lines only in');
  });
});

type Change = (files: Map<string, Buffer>) => void;

/** Replaces the first match in a file, which must be there. */
const edit =
  (name: string, pattern: RegExp, by: string): Change =>
  (files) => {
    const before = files.get(name)?.toString() ?? '';
    const after = before.replace(pattern, by);
    if (after === before) throw new Error(`nothing to change in ${name}`);
    files.set(name, Buffer.from(after));
  };
const dropLine =
  (name: string): Change =>
  (files) => {
    const lines = (files.get(name)?.toString() ?? '').split('\n');
    files.set(name, Buffer.from(lines.slice(1).join('\n')));
  };
const doubleLine =
  (name: string): Change =>
  (files) => {
    const text = files.get(name)?.toString() ?? '';
    files.set(name, Buffer.from(`${text.slice(0, text.indexOf('\n') + 1)}${text}`));
  };
const rehash: Change = (files) => {
  files.set('hashes.txt', hashList(files));
};
const resign: Change = (files) => {
  const { privateKey, publicKey: own } = generateKeyPairSync('ed25519');
  const over = Buffer.from(sha256(files.get('hashes.txt') ?? ''));
  files.set('signature', Buffer.from(sign(null, over, privateKey).toString('base64')));
  files.set('public-key.pem', Buffer.from(own.export({ type: 'spki', format: 'pem' })));
};

const JUDGEMENTS = 'data/judgements.jsonl';
const AGREEMENT = 'figures/agreement.jsonl';
const anotherVote = edit(JUDGEMENTS, /"answer":\{"kind":"new"\}/u, '"answer":{"kind":"non-referring"}');

/** What is done to a release, and what the verifier must name; the last are signed anew by somebody else. */
const TAMPERINGS: readonly (readonly [string, readonly Change[], string])[] = [
  ['a byte of a judgement', [edit(JUDGEMENTS, /"seconds":2/u, '"seconds":3')], JUDGEMENTS],
  ['a judgement taken out', [dropLine(JUDGEMENTS)], JUDGEMENTS],
  ['a judgement twice', [doubleLine(JUDGEMENTS)], JUDGEMENTS],
  ['a line that is no JSON', [edit(JUDGEMENTS, /^\{/u, '')], `${JUDGEMENTS}:1`],
  ['a unit taken out', [dropLine('data/units.jsonl')], 'data/units.jsonl'],
  ['a coder taken out', [dropLine('data/coders.jsonl')], 'data/coders.jsonl'],
  ['a document edited', [edit('data/documents.jsonl', /"name":"/u, '"name":"x')], 'data/documents.jsonl'],
  [
    'a scoring rule',
    [edit('data/scoring-rules.jsonl', /"handedIn":\d/u, '"handedIn":9')],
    'data/scoring-rules',
  ],
  ['a figure', [edit(AGREEMENT, /"differing":\d+/u, '"differing":999')], AGREEMENT],
  ['the number', [edit('release.json', /"number":1/u, '"number":2')], 'release.json'],
  ['the readme', [edit('README.md', /release 1/u, 'release 7')], 'README.md'],
  ['a file taken out', [(files) => files.delete('data/guidelines.jsonl')], 'data/guidelines.jsonl'],
  ['a file added', [(files) => files.set('data/more.jsonl', Buffer.from('{}\n'))], 'data/more.jsonl'],
  ['a hash rewritten to fit', [edit(JUDGEMENTS, /"seconds":2/u, '"seconds":3'), rehash], 'signature'],
  ['the signature', [edit('signature', /^./u, '_')], 'signature'],
  ['no signature', [(files) => files.delete('signature')], 'signature'],
  ['no hashes', [(files) => files.delete('hashes.txt')], 'hashes.txt'],
  ['a vote changed, all signed anew', [anotherVote, rehash, resign], 'figures/'],
  [
    'a figure changed by 1e-6, all signed anew',
    [edit(AGREEMENT, /"value":0\.(\d{3})\d{3}/u, '"value":0.$1000'), rehash, resign],
    AGREEMENT,
  ],
  [
    'whole figures exchanged, all signed anew',
    [(files) => files.set('figures/points.jsonl', Buffer.from('{"points":1}\n')), rehash, resign],
    'figures/points.jsonl:1',
  ],
  [
    'seeds changed, all signed anew',
    [edit('data/tasks.jsonl', /"resamples":1000/u, '"resamples":100'), rehash, resign],
    AGREEMENT,
  ],
];

describe('what was tampered with is named', () => {
  it.each(TAMPERINGS)('%s', async (_what, changes, named) => {
    const files = new Map(await unpackFiles(bytes));
    for (const change of changes) change(files);
    const { faults, origin } = await verifyRelease(await packFiles(files), {});
    expect(faults.some((fault) => fault.startsWith(named))).toBe(true);
    expect(origin).toBe('unproved');
  });

  it('consistently made by another, by its root hash or key only', async () => {
    const files = new Map(await unpackFiles(bytes));
    for (const change of [edit(JUDGEMENTS, /"seconds":2/u, '"seconds":3'), rehash, resign]) change(files);
    const forged = await packFiles(files);
    expect(await verifyRelease(forged, {})).toMatchObject({ origin: 'unproved', faults: [] });
    expect((await verifyRelease(forged, { root })).faults[0]).toMatch(/^root: /u);
    expect((await verifyRelease(forged, { key: publicKey() })).faults[0]).toMatch(/^signature: /u);
  });

  it('a file that was cut short', async () => {
    const { faults } = await verifyRelease(bytes.subarray(0, 2_000), {});
    expect(faults[0]).toMatch(/^archive: /u);
  });
});
