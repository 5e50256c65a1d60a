import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBConnection } from '@duckdb/node-api';
import { memberIdSchema, routes, submissionIdSchema } from '@casebook/contracts';
import type {
  CollectionId,
  JudgementRow,
  Lease,
  MemberId,
  ProjectId,
  Submission,
  TaskId,
} from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin, TestClient } from '../support/client.ts';
import { CONLL, importFile, makeCollection, mustUpload } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject, memberIdOf } from '../support/people.ts';
import { makeOpenTask } from '../support/tasks.ts';

const BYRON = new URL('../../../shared/data/coref/gum/GUM_bio_byron.conllu', import.meta.url);

let test: TestInstance;
let admin: TestClient;
let anna: TestClient;
let annaId: MemberId;
let researcher: TestClient;
let projectId: ProjectId;
let similarity: { taskId: TaskId; collectionId: CollectionId };
let coreference: { taskId: TaskId; collectionId: CollectionId };

type Act = { kind: 'answer'; answer: never } | { kind: 'skip'; reason: string } | { kind: 'withdrawal' };

async function leaseOf(client: TestClient, taskId: TaskId): Promise<Lease> {
  const claim = await client.must(routes.claim, { params: { projectId, taskId } });
  if (claim.kind !== 'lease') throw new Error('a section was expected');
  return claim.lease;
}

/** Submits what somebody did with a unit; the submission's id. */
async function judge(
  client: TestClient,
  taskId: TaskId,
  unit: Lease['units'][number] | undefined,
  act: unknown,
  further: Partial<Pick<Submission, 'comment' | 'commentKind' | 'confidence'>> & { supersedes?: string } = {},
): Promise<string> {
  if (unit === undefined) throw new Error('a unit was expected');
  const submissionId = submissionIdSchema.parse(uuidv7());
  const { supersedes, ...rest } = further;
  await client.must(routes.submit, {
    params: { projectId, taskId },
    body: {
      submissionId,
      unitId: unit.id,
      act: act as Act,
      elapsedMs: 1200,
      ...rest,
      ...(supersedes === undefined ? {} : { supersedes: submissionIdSchema.parse(supersedes) }),
    },
  });
  return submissionId;
}

const rating = (value: number) => ({ kind: 'answer', answer: { kind: 'rating', value } });

function linesOf<Row>(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

async function take(client: TestClient, path: string): Promise<{ response: Response; text: string }> {
  const response = await client.fetch(`/projects/${projectId}${path}`);
  return { response, text: await response.text() };
}

beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
  anna = await joinAs(test, admin, projectId, 'anna@example.org', 'annotator');
  annaId = memberIdSchema.parse(await memberIdOf(admin, projectId, 'anna@example.org'));
  researcher = await joinAs(test, admin, projectId, 'ruth@example.org', 'researcher');
  const ben = await joinAs(test, admin, projectId, 'ben@example.org', 'annotator');

  similarity = await makeOpenTask(admin, projectId, 'similarity-rating', { name: 'Ähnlich "1"' });
  const { units } = await leaseOf(anna, similarity.taskId);
  await judge(anna, similarity.taskId, units[0], rating(6), {
    comment: '=HYPERLINK("http://x")',
    commentKind: 'bad-pair',
    confidence: 'unsure',
  });
  const first = await judge(anna, similarity.taskId, units[1], rating(1));
  await judge(anna, similarity.taskId, units[1], rating(0), { supersedes: first });
  await judge(anna, similarity.taskId, units[2], { kind: 'skip', reason: 'bad-pair' });
  const rash = await judge(anna, similarity.taskId, units[3], rating(3));
  await judge(anna, similarity.taskId, units[3], { kind: 'withdrawal' }, { supersedes: rash });
  await leaseOf(ben, similarity.taskId);
  await judge(ben, similarity.taskId, units[0], rating(5));

  coreference = await makeOpenTask(admin, projectId, 'coreference');
  for (const coder of [anna, ben]) {
    const { units: phrases } = await leaseOf(coder, coreference.taskId);
    const [harrow, letter, his, he, it] = phrases;
    const old = (unit: typeof harrow) => ({
      kind: 'answer',
      answer: { kind: 'old', antecedents: [unit?.key ?? ''] },
    });
    const isNew = { kind: 'answer', answer: { kind: 'new' } };
    for (const [unit, act] of [
      [harrow, isNew],
      [letter, isNew],
      [his, old(harrow)],
      [he, old(his)],
      [it, coder === anna ? old(letter) : { kind: 'answer', answer: { kind: 'non-referring' } }],
    ] as const) {
      await judge(coder, coreference.taskId, unit, act);
    }
  }
}, 120_000);
afterAll(async () => {
  await test.stop();
});

describe('judgements as Parquet', () => {
  /** What DuckDB reads from the file: a reader that shares nothing with what wrote it. */
  async function readByDuckDb(client: TestClient, path: string, query: string): Promise<unknown[][]> {
    const response = await client.fetch(`/projects/${projectId}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    const folder = await mkdtemp(join(tmpdir(), 'casebook-parquet-'));
    try {
      const file = join(folder, 'judgements.parquet');
      await writeFile(file, Buffer.from(await response.arrayBuffer()));
      const connection = await DuckDBConnection.create();
      try {
        const reader = await connection.runAndReadAll(query.replace('FILE', `'${file}'`));
        return reader.getRowsJson();
      } finally {
        connection.closeSync();
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('say to an independent reader what the lines say, in typed columns', async () => {
    const of = `/judgements?task=${similarity.taskId}&include=superseded,extra`;
    const lines = linesOf<JudgementRow>((await take(researcher, of)).text);
    const rows = await readByDuckDb(
      researcher,
      `${of}&format=parquet`,
      `SELECT id, act, answer, skipReason, comment, occasion, coderRating, superseded, epoch_ms(receivedAt), elapsedMs
       FROM FILE`,
    );
    expect(lines.length).toBeGreaterThan(5);
    expect(rows.map(([id, act, answer, ...rest]) => [id, act, parsed(answer), ...rest])).toEqual(
      lines.map((line) => [
        line.id,
        line.act.kind,
        line.act.kind === 'answer' ? line.act.answer : null,
        line.act.kind === 'skip' ? line.act.reason : null,
        ...[line.comment, line.occasion, line.coderRating, line.superseded],
        ...[String(Date.parse(line.receivedAt)), line.elapsedMs],
      ]),
    );
  });

  it('have a type of their own in each column', async () => {
    const types = await readByDuckDb(
      researcher,
      '/judgements?format=parquet',
      'SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)',
    );
    expect(Object.fromEntries(types as [string, string][])).toMatchObject({
      id: 'VARCHAR',
      answer: 'JSON',
      occasion: 'INTEGER',
      coderRating: 'DOUBLE',
      informed: 'BOOLEAN',
      receivedAt: 'TIMESTAMP',
    });
  });

  it('are a whole file where there are none', async () => {
    const rows = await readByDuckDb(
      researcher,
      `/judgements?format=parquet&coder=${uuidv7()}`,
      'SELECT count(*) FROM FILE',
    );
    expect(rows).toEqual([['0']]);
  });

  function parsed(answer: unknown): unknown {
    return typeof answer === 'string' ? JSON.parse(answer) : answer;
  }
});

describe('casebook export', () => {
  const main = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casebook-export-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  const casebook = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'export', ...args], {
      env: { ...process.env, DATABASE_URL: test.databaseUrl },
    });

  it.each(['jsonl', 'csv', 'parquet'])('writes what the API gives as %s', async (format) => {
    const file = join(folder, `judgements.${format}`);
    const { status, stderr } = casebook(projectId, file, '--include', 'superseded');
    expect(String(stderr)).toMatch(/judgements\.\w+ holds \d+ bytes\./u);
    expect(status).toBe(0);
    const path = `/projects/${projectId}/judgements?format=${format}&include=superseded`;
    const sent = Buffer.from(await (await researcher.fetch(path)).arrayBuffer());
    expect(sent.length).toBeGreaterThan(1_000);
    expect(readFileSync(file).equals(sent)).toBe(true);
  });

  it('writes to stdout for -, and knows a project by its name', async () => {
    const { name } = await admin.must(routes.project, { params: { projectId } });
    const { status, stdout } = casebook(name, '-', '--format', 'jsonl');
    expect(status).toBe(0);
    expect(String(stdout)).toBe((await take(researcher, '/judgements')).text);
  });

  it('overwrites nothing', () => {
    const file = join(folder, 'there.csv');
    writeFileSync(file, 'mine');
    const { status, stderr } = casebook(projectId, file);
    expect(status).toBe(1);
    expect(String(stderr)).toContain('there.csv is there already; an export overwrites nothing.');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('says what is wrong, and leaves no file behind', () => {
    const unknown = casebook('No such project', join(folder, 'none.csv'));
    expect(unknown.status).toBe(1);
    expect(String(unknown.stderr)).toContain('Not exactly one project is called No such project');
    const formless = casebook(projectId, join(folder, 'none.txt'));
    expect(formless.status).toBe(2);
    expect(String(formless.stderr)).toContain('says no format; expected a name in .jsonl, .csv, .parquet');
    expect(readdirSync(folder).filter((file) => file.includes('none') || file.endsWith('.part'))).toEqual([]);
  });
});

describe('judgements as JSON lines', () => {
  it('are what stands: neither replaced nor taken back, in the contract’s shape', async () => {
    const { response, text } = await take(researcher, `/judgements?task=${similarity.taskId}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('attachment; filename="judgements.jsonl"');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const rows = linesOf<JudgementRow>(text);
    expect(rows.map(({ act }) => act)).toEqual([
      rating(6),
      rating(0),
      { kind: 'skip', reason: 'bad-pair' },
      rating(5),
    ]);
    expect(rows[0]).toMatchObject({
      coder: annaId,
      coderName: 'anna',
      unitKey: 'pair',
      confidence: 'unsure',
      comment: '=HYPERLINK("http://x")',
      commentKind: 'bad-pair',
      stage: 'annotation',
      extra: false,
      superseded: false,
      elapsedMs: 1200,
    });
    const unit = await admin.must(routes.unit, {
      params: { projectId, unitId: rows[0]?.unitId as never },
    });
    expect(unit.judgements).toContainEqual(rows[0]);
  });

  it('are as many as pages say that there are', async () => {
    const params = { projectId, taskId: similarity.taskId };
    const ofTask = linesOf((await take(researcher, `/judgements?task=${similarity.taskId}`)).text);
    expect((await researcher.must(routes.task, { params })).counts.judgements).toBe(ofTask.length);
    const ofProject = linesOf((await take(researcher, '/judgements')).text);
    expect((await researcher.must(routes.project, { params: { projectId } })).counts.judgements).toBe(
      ofProject.length,
    );
    expect((await anna.must(routes.project, { params: { projectId } })).counts.judgements).toBe(
      linesOf((await take(researcher, `/judgements?coder=${annaId}`)).text).length,
    );
  });

  it('with include=superseded are the whole history', async () => {
    const { text } = await take(researcher, `/judgements?task=${similarity.taskId}&include=extra,superseded`);
    const rows = linesOf<JudgementRow>(text);
    expect(rows.map(({ act, superseded }) => [act.kind, superseded])).toEqual([
      ['answer', false],
      ['answer', true],
      ['answer', false],
      ['skip', false],
      ['answer', true],
      ['withdrawal', false],
      ['answer', false],
    ]);
    expect(rows[2]?.supersedes).toBe(rows[1]?.id);
  });

  it('come page by page: nothing twice, nothing left out', async () => {
    const all = linesOf<JudgementRow>((await take(researcher, '/judgements')).text).map(({ id }) => id);
    expect(all).toHaveLength(14);
    const paged: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const { response, text } = await take(
        researcher,
        `/judgements?limit=5${after === '' ? '' : `&after=${after}`}`,
      );
      const ids = linesOf<JudgementRow>(text).map(({ id }) => id);
      paged.push(...ids);
      after = response.headers.get('x-casebook-next');
      if (after !== null) expect(after).toBe(ids.at(-1));
    }
    expect(paged).toEqual(all);
  });

  it('can be those of one coder', async () => {
    const { text } = await take(researcher, `/judgements?coder=${annaId}`);
    expect(new Set(linesOf<JudgementRow>(text).map(({ coder }) => coder))).toEqual(new Set([annaId]));
  });

  it.each(['format=xml', 'limit=0', 'after=1', 'include=everything', 'tsak=x'])(
    'are refused with 400 for %s',
    async (query) => {
      expect((await take(researcher, `/judgements?${query}`)).response.status).toBe(400);
    },
  );
});

describe('judgements as CSV', () => {
  it('hold nothing that a spreadsheet runs, unless it is asked for', async () => {
    const { response, text } = await take(researcher, `/judgements?format=csv&task=${similarity.taskId}`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, first] = text.split('\r\n');
    expect(header?.split(',').slice(0, 3)).toEqual(['id', 'submissionId', 'taskId']);
    expect(header).toContain(',coder,coderName,');
    expect(header).toContain(',skipReason,confidence,comment,commentKind,');
    expect(first).toContain(`"{""kind"":""rating"",""value"":6}",,unsure,`);
    expect(first).toContain(`,${annaId},anna,`);
    expect(first).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(first).toContain(`"{""kind"":""rating"",""value"":6}"`);
    const raw = await take(researcher, `/judgements?format=csv&formulas=raw&task=${similarity.taskId}`);
    expect(raw.text).toContain(`"=HYPERLINK(""http://x"")"`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(5);
  });
});

describe('units and items', () => {
  it('come with gold, in the order of judging', async () => {
    const { response, text } = await take(researcher, `/tasks/${similarity.taskId}/units`);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="_hnlich _1_ units.jsonl"; filename*=UTF-8''%C3%84hnlich%20%221%22%20units.jsonl`,
    );
    expect(linesOf(text)).toMatchObject([
      {
        itemName: 'coast – shore (N)',
        section: 0,
        position: 0,
        key: 'pair',
        content: { word1: 'coast', word2: 'shore', partOfSpeech: 'N' },
        gold: { kind: 'rating', value: 9.1 },
      },
      { itemName: 'gaffer – harpoon (N)', position: 1 },
      { itemName: 'old – new (A)', position: 2 },
      { itemName: 'smart – intelligent (A)', position: 3 },
    ]);
  });

  it('of documents bring the text, and offsets that slice it in code points', async () => {
    const collectionId = await makeCollection(admin, projectId, 'documents', 'emoji');
    const conll = CONLL.replace('Inspector', '🕵️').replace('letter\t2)', 'café\t2)');
    await importFile(admin, projectId, collectionId, 'emoji.conll', conll);
    const { text } = await take(researcher, `/collections/${collectionId}/documents`);
    const [letter] = linesOf<{
      name: string;
      text: string;
      offsets: { unit: string; tokens: [number, number][] };
      content: { document: { tokens: { text: string }[] } };
    }>(text);
    expect(letter?.name).toBe('letter');
    expect(letter?.offsets.unit).toBe('code point');
    const points = Array.from(letter?.text ?? '');
    expect(letter?.offsets.tokens.map(([start, end]) => points.slice(start, end).join(''))).toEqual(
      letter?.content.document.tokens.map((token) => token.text),
    );
  });
});

describe('the majority reading', () => {
  it('of coreference is CoNLL-2012 that comes back through import', async () => {
    const { response, text } = await take(researcher, `/tasks/${coreference.taskId}/export/conll-2012`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('filename="coreference.conll"');
    const collectionId = await makeCollection(admin, projectId, 'documents', 'back');
    const read = await mustUpload(admin, projectId, collectionId, 'coreference.conll', text);
    expect(read.counts).toMatchObject({ items: 2, tokens: 13, refused: 0 });
    const letter = read.preview[0]?.content;
    if (letter?.kind !== 'document') throw new Error('a document was expected');
    const sizes = letter.document.chains.map(({ mentions }) => mentions.length).sort();
    expect(sizes.at(-1)).toBe(3);
  });

  it('of ratings is a table of means', async () => {
    const { text } = await take(researcher, `/tasks/${similarity.taskId}/export/tsv`);
    const rows = text
      .trimEnd()
      .split('\n')
      .map((row) => row.split('\t'));
    expect(rows[0]).toEqual(['word1', 'word2', 'POS', 'mean', 'SD', 'n', 'anna', 'ben']);
    expect(rows.slice(1).map((row) => [row[0], row[3], row[5]])).toEqual([
      ['coast', '5.5', '2'],
      ['gaffer', '0', '1'],
      ['old', '', '0'],
      ['smart', '', '0'],
    ]);
  });

  it('is 404 in a format that the type does not offer', async () => {
    expect((await take(researcher, `/tasks/${similarity.taskId}/export/conll-2012`)).response.status).toBe(
      404,
    );
  });

  it.skipIf(!existsSync(BYRON))(
    'of a document that nobody judged holds its tokens (skipped without the corpora)',
    async () => {
      const collectionId = await makeCollection(admin, projectId, 'documents', 'byron');
      const content = new Uint8Array(readFileSync(BYRON));
      const { counts } = await importFile(admin, projectId, collectionId, 'byron.conllu', content);
      const { taskId } = await makeOpenTask(admin, projectId, 'coreference', { collectionId });
      const { text } = await take(researcher, `/tasks/${taskId}/export/conll-2012`);
      expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toHaveLength(
        counts.tokens,
      );
    },
  );
});

describe('who may take out', () => {
  const paths = () => [
    '/judgements',
    `/tasks/${similarity.taskId}/units`,
    `/collections/${similarity.collectionId}/documents`,
    `/tasks/${similarity.taskId}/export/tsv`,
  ];

  it('is no annotator, nobody of another project, and nobody unknown', async () => {
    const elsewhere = await makeProject(admin, 'Elsewhere');
    const stranger = await joinAs(test, admin, elsewhere, 'eve@example.org', 'manager');
    for (const path of paths()) {
      expect((await take(anna, path)).response.status).toBe(404);
      expect((await take(stranger, path)).response.status).toBe(404);
      expect((await take(new TestClient(test.address), path)).response.status).toBe(401);
    }
    const foreign = await stranger.fetch(`/projects/${elsewhere}/tasks/${similarity.taskId}/units`);
    expect(foreign.status).toBe(404);
  });

  it('is a reading token, and what it took stands in the audit', async () => {
    const { secret } = await researcher.must(routes.makeToken, {
      params: { projectId },
      body: { name: 'script', scope: 'read', expiresInDays: 1 },
    });
    const program = new TestClient(test.address);
    program.token = secret;
    for (const path of paths()) expect((await take(program, path)).response.status).toBe(200);
    const { rows } = await admin.must(routes.audit, { params: { projectId } });
    const taken = rows.filter(
      ({ action, subject }) => action === 'export.taken' && subject['token'] !== null,
    );
    expect(taken.map(({ subject }) => subject['what']).sort()).toEqual([
      'judgements',
      'majority',
      'units',
      'word-pairs',
    ]);
  });
});

describe('a reader who goes away', () => {
  it('leaves no connection behind, however often', async () => {
    const connections = async () => {
      const { rows } = await test.instance.services.database.pool.query<{ count: number }>(
        `SELECT count(*)::int AS "count" FROM pg_stat_activity WHERE application_name = 'casebook'`,
      );
      return rows[0]?.count ?? 0;
    };
    for (let time = 0; time < 20; time += 1) {
      const abort = new AbortController();
      const response = await researcher.fetch(`/projects/${projectId}/judgements`, { signal: abort.signal });
      expect(response.status).toBe(200);
      abort.abort();
      await response.text().catch(() => undefined);
    }
    await expect.poll(connections, { timeout: 20_000 }).toBeLessThanOrEqual(test.environment.poolSize);
  });
});
