import { createHash } from 'node:crypto';
import type { Lease, Submission } from '@casebook/contracts';
import { judgementRowSchema, routes, submissionIdSchema } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recompute } from '../../apps/api/src/agreement/worker.ts';
import { TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import type { PlantedTask } from '../support/planting.ts';
import { plantTask } from '../support/planting.ts';

let test: TestInstance;
let database: pg.Client;
beforeAll(async () => {
  test = await startTestInstance({ worker: false });
  database = new pg.Client({ connectionString: test.databaseUrl });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await test.stop();
});

let task: PlantedTask;
let coders: TestClient[];
beforeEach(async () => {
  task = await plantTask(test.databaseUrl, { units: 8, blockSize: 4, wanted: 2, coders: 4 });
  coders = task.coders.map((coder) => {
    const client = new TestClient(test.address);
    client.cookie = coder.cookie;
    return client;
  });
});

function coder(index: number): TestClient {
  const client = coders[index];
  if (client === undefined) throw new Error(`there is no coder ${String(index)}`);
  return client;
}

const inTask = () => ({ projectId: task.projectId, taskId: task.taskId });

async function claim(client: TestClient): Promise<Lease> {
  const claimed = await client.must(routes.claim, { params: inTask() });
  if (claimed.kind !== 'lease') throw new Error(`no lease: ${claimed.reason}`);
  return claimed.lease;
}

function rating(
  lease: Lease,
  position: number,
  value: number,
  changes: Partial<Submission> = {},
): Submission {
  const unit = lease.units[position];
  if (unit === undefined) throw new Error(`no unit ${String(position)}`);
  return {
    submissionId: submissionIdSchema.parse(uuidv7()),
    unitId: unit.id,
    act: { kind: 'answer', answer: { kind: 'rating', value } },
    elapsedMs: 1200,
    ...changes,
  };
}

async function setState(state: 'paused' | 'closed'): Promise<void> {
  await database.query('UPDATE "Task" SET "state" = $2 WHERE "id" = $1', [task.taskId, state]);
}

async function setRole(index: number, role: 'manager' | 'researcher'): Promise<void> {
  await database.query('UPDATE "Member" SET "role" = $2 WHERE "id" = $1', [
    task.coders[index]?.memberId,
    role,
  ]);
}

/** Of a judgement that came with nothing beside it. */
const UNSAID = { confidence: null, comment: null, commentKind: null };

const submit = (client: TestClient, body: Submission) =>
  client.call(routes.submit, { params: inTask(), body });

async function rowsOfSubmissions(submissions: readonly Submission[]): Promise<number> {
  const ids = submissions.map(({ submissionId }) => submissionId);
  const found = await database.query(
    'SELECT 1 FROM "Judgement" WHERE "projectId" = $1 AND "submissionId" = ANY ($2)',
    [task.projectId, ids],
  );
  return found.rows.length;
}

async function finishAll(client: TestClient, lease: Lease): Promise<void> {
  for (let position = 0; position < lease.units.length; position += 1) {
    expect((await submit(client, rating(lease, position, 3))).status).toBe(200);
  }
  await client.must(routes.finishLease, { params: { projectId: task.projectId, leaseId: lease.id } });
}

describe('a submission', () => {
  it('sent twice is stored once and gets the same receipt', async () => {
    const lease = await claim(coder(0));
    const submission = rating(lease, 0, 4);
    const [first, second] = await Promise.all([submit(coder(0), submission), submit(coder(0), submission)]);
    const third = await submit(coder(0), submission);
    expect(first.ok && second.ok && third.ok).toBe(true);
    expect(second).toMatchObject({ body: first.ok ? first.body : {} });
    expect(third).toMatchObject({ body: first.ok ? first.body : {} });
    const rows = await database.query('SELECT 1 FROM "Judgement" WHERE "submissionId" = $1', [
      submission.submissionId,
    ]);
    expect(rows.rowCount).toBe(1);
  });

  it('with a used id and another payload is refused with 422', async () => {
    const lease = await claim(coder(0));
    const submission = rating(lease, 0, 4);
    await submit(coder(0), submission);
    const reused = await submit(coder(0), {
      ...submission,
      act: { kind: 'answer', answer: { kind: 'rating', value: 5 } },
    });
    expect(reused.status).toBe(422);
  });

  it('for a unit never leased is refused with 409', async () => {
    const lease = await claim(coder(0));
    expect((await submit(coder(1), rating(lease, 0, 4))).status).toBe(409);
  });

  it('off the scale, or of no known shape, is refused with 422', async () => {
    const lease = await claim(coder(0));
    expect((await submit(coder(0), rating(lease, 0, 7))).status).toBe(422);
    const shapeless = rating(lease, 0, 1, { act: { kind: 'answer', answer: { kind: 'guess' } } });
    expect((await submit(coder(0), shapeless)).status).toBe(422);
  });

  it('that replaces an earlier one keeps both, and only the latest counts', async () => {
    const lease = await claim(coder(0));
    const first = rating(lease, 0, 4);
    await submit(coder(0), first);
    const second = rating(lease, 0, 2, { supersedes: first.submissionId });
    expect((await submit(coder(0), second)).status).toBe(200);
    const reopened = await claim(coder(0));
    expect(reopened.judgements).toEqual([
      { unitId: first.unitId, submissionId: second.submissionId, act: second.act, ...UNSAID },
    ]);
  });

  it('from a second tab that knows less is a conflict, and the history is kept', async () => {
    const lease = await claim(coder(0));
    const first = rating(lease, 0, 4);
    await submit(coder(0), first);
    const second = rating(lease, 0, 2, { supersedes: first.submissionId });
    await submit(coder(0), second);
    const late = await submit(coder(0), rating(lease, 0, 1, { supersedes: first.submissionId }));
    if (late.ok) throw new Error('two windows replaced the same judgement');
    expect(late.status).toBe(409);
    expect(late.problem.latest).toEqual({
      unitId: second.unitId,
      submissionId: second.submissionId,
      act: second.act,
      ...UNSAID,
    });
    expect((await submit(coder(0), rating(lease, 0, 1))).status).toBe(409);
    expect(await rowsOfSubmissions([first, second])).toBe(2);
  });

  it('keeps how sure its coder is and what the comment is about, and shows both to its coder again', async () => {
    const lease = await claim(coder(0));
    const said = { confidence: 'unsure', comment: 'a harbour?', commentKind: 'several-senses' } as const;
    const submission = rating(lease, 0, 4, said);
    expect((await submit(coder(0), submission)).status).toBe(200);
    expect((await claim(coder(0))).judgements).toEqual([
      { unitId: submission.unitId, submissionId: submission.submissionId, act: submission.act, ...said },
    ]);
    const { comment: _, ...kindAlone } = said;
    expect((await submit(coder(0), rating(lease, 1, 4, kindAlone))).status).toBe(200);
  });

  it('is another one where only certainty or the kind of comment differs', async () => {
    const lease = await claim(coder(0));
    const submission = rating(lease, 0, 4, { confidence: 'sure' });
    expect((await submit(coder(0), submission)).status).toBe(200);
    expect((await submit(coder(0), submission)).status).toBe(200);
    for (const changes of [{ confidence: 'unsure' }, { commentKind: 'other' }] as const)
      expect((await submit(coder(0), { ...submission, ...changes })).status).toBe(422);
  });

  it('from before certainty could be said is the same on a retry as it was then', async () => {
    const lease = await claim(coder(0));
    const submission = rating(lease, 0, 4, { comment: 'old' });
    expect((await submit(coder(0), submission)).status).toBe(200);
    const { rows } = await database.query<{ submissionHash: Buffer }>(
      'SELECT "submissionHash" FROM "Judgement" WHERE "submissionId" = $1',
      [submission.submissionId],
    );
    const asBefore = [
      task.taskId,
      submission.unitId,
      'answer',
      JSON.stringify({ kind: 'rating', value: 4 }),
      null,
      'old',
      null,
      1200,
    ];
    expect(rows[0]?.submissionHash.toString('hex')).toBe(
      createHash('sha256').update(JSON.stringify(asBefore)).digest('hex'),
    );
  });

  it('with certainty of no answer, or a kind of comment that nobody knows, is refused', async () => {
    const lease = await claim(coder(0));
    const sureSkip = rating(lease, 0, 4, { act: { kind: 'skip', reason: 'unsure' }, confidence: 'sure' });
    expect((await submit(coder(0), sureSkip)).ok).toBe(false);
    expect((await submit(coder(0), rating(lease, 0, 4, { commentKind: 'gossip' }))).status).toBe(422);
    expect(await rowsOfSubmissions([sureSkip])).toBe(0);
  });

  it('can take back only one’s own judgement', async () => {
    const mine = await claim(coder(0));
    const first = rating(mine, 0, 4);
    await submit(coder(0), first);
    const theirs = await claim(coder(1));
    const undo = rating(theirs, 0, 0, { act: { kind: 'withdrawal' }, supersedes: first.submissionId });
    expect((await submit(coder(1), undo)).status).toBe(409);
  });

  it('without a session is refused with 401, and of a stranger to the project with 404', async () => {
    const lease = await claim(coder(0));
    expect((await submit(new TestClient(test.address), rating(lease, 0, 4))).status).toBe(401);
    const other = await plantTask(test.databaseUrl, { units: 2, blockSize: 2, wanted: 1, coders: 1 });
    const stranger = new TestClient(test.address);
    stranger.cookie = other.coders[0]?.cookie;
    expect((await submit(stranger, rating(lease, 0, 4))).status).toBe(404);
  });
});

describe('a section', () => {
  it('stays in hand until it is finished, then the next one comes', async () => {
    const lease = await claim(coder(0));
    expect((await claim(coder(0))).id).toBe(lease.id);
    await finishAll(coder(0), lease);
    expect((await claim(coder(0))).section.position).toBe(1);
  });

  it('claimed in several tabs at once is one and the same', async () => {
    const leases = await Promise.all(Array.from({ length: 6 }, () => claim(coder(0))));
    expect(new Set(leases.map((lease) => lease.id)).size).toBe(1);
    const places = await database.query(
      'SELECT sum("taken")::int AS taken FROM "Section" WHERE "taskId" = $1',
      [task.taskId],
    );
    expect(places.rows).toEqual([{ taken: 1 }]);
  });

  it('can’t be handed in with open units', async () => {
    const lease = await claim(coder(0));
    const answer = await coder(0).call(routes.finishLease, {
      params: { projectId: task.projectId, leaseId: lease.id },
    });
    expect(answer.status).toBe(409);
  });

  it('has as many coders as wanted, then the next one is given', async () => {
    expect((await claim(coder(0))).section.position).toBe(0);
    expect((await claim(coder(1))).section.position).toBe(0);
    expect((await claim(coder(2))).section.position).toBe(1);
  });

  it('is denied to whoever comes when all are taken, and said to be done by whoever did all', async () => {
    for (const index of [0, 1]) {
      await finishAll(coder(index), await claim(coder(index)));
      await finishAll(coder(index), await claim(coder(index)));
    }
    expect(await coder(0).must(routes.claim, { params: inTask() })).toEqual({
      kind: 'none',
      reason: 'all-done',
    });
    expect(await coder(2).must(routes.claim, { params: inTask() })).toEqual({
      kind: 'none',
      reason: 'all-taken',
    });
  });

  it('whose lease ran out goes to another, and late work is kept as extra', async () => {
    const late = await claim(coder(0));
    await claim(coder(1));
    await finishAll(coder(2), await claim(coder(2)));
    await finishAll(coder(3), await claim(coder(3)));
    await database.query(`UPDATE "Lease" SET "expiresAt" = now() - interval '1 minute' WHERE "id" = $1`, [
      late.id,
    ]);
    const taken = await claim(coder(2));
    expect(taken.section.id).toBe(late.section.id);
    const answer = await submit(coder(0), rating(late, 0, 4));
    expect(answer).toMatchObject({ status: 200, body: { extra: true } });
  });

  it('whose lease ran out counts again where the place is still free', async () => {
    const late = await claim(coder(0));
    await database.query(`UPDATE "Lease" SET "expiresAt" = now() - interval '1 minute' WHERE "id" = $1`, [
      late.id,
    ]);
    expect(await submit(coder(0), rating(late, 0, 4))).toMatchObject({ status: 200, body: { extra: false } });
    await coder(0).must(routes.returnLease, { params: { projectId: task.projectId, leaseId: late.id } });
    expect(await submit(coder(0), rating(late, 1, 4))).toMatchObject({ status: 200, body: { extra: false } });
    const places = await database.query('SELECT "taken" FROM "Section" WHERE "id" = $1', [late.section.id]);
    expect(places.rows).toEqual([{ taken: 1 }]);
  });

  it('taken back by a manager stays so: late work is kept as extra, though the place is free', async () => {
    const lease = await claim(coder(0));
    await submit(coder(0), rating(lease, 0, 4));
    await database.query('SELECT free_lease($1, $2, $3)', [task.projectId, lease.id, 'reclaimed']);
    expect(await submit(coder(0), rating(lease, 1, 4))).toMatchObject({ status: 200, body: { extra: true } });
    const places = await database.query(
      'SELECT s."taken", l."state" FROM "Section" s JOIN "Lease" l ON l."sectionId" = s."id" WHERE l."id" = $1',
      [lease.id],
    );
    expect(places.rows).toEqual([{ taken: 0, state: 'reclaimed' }]);
  });

  it('in hand can be finished while its task is paused, and no other is given', async () => {
    const lease = await claim(coder(0));
    await setState('paused');
    expect((await claim(coder(0))).id).toBe(lease.id);
    expect(await coder(1).must(routes.claim, { params: inTask() })).toEqual({
      kind: 'none',
      reason: 'not-open',
    });
    expect(await coder(0).must(routes.desk)).toMatchObject([{ available: true }]);
    expect(await coder(1).must(routes.desk)).toMatchObject([{ available: false }]);
    await finishAll(coder(0), lease);
    expect(await coder(0).must(routes.claim, { params: inTask() })).toEqual({
      kind: 'none',
      reason: 'not-open',
    });
  });

  it('of a closed task takes what comes late as extra, which replaces nothing that counts', async () => {
    const [one, other] = [await claim(coder(0)), await claim(coder(1))];
    const counted = rating(one, 0, 4);
    await submit(coder(0), counted);
    const theirs = rating(other, 0, 4);
    await submit(coder(1), theirs);
    await setState('closed');
    const late = await submit(coder(0), rating(one, 0, 1, { supersedes: counted.submissionId }));
    expect(late).toMatchObject({ status: 200, body: { extra: true } });
    expect(await submit(coder(0), rating(one, 1, 1))).toMatchObject({ status: 200, body: { extra: true } });
    await recompute(test.instance.services, { projectId: task.projectId, taskId: task.taskId });
    const snapshot = await test.instance.services.database.prisma.agreementSnapshot.findUniqueOrThrow({
      where: { projectId_taskId: { projectId: task.projectId, taskId: task.taskId } },
    });
    expect(snapshot).toMatchObject({ judgements: 2, disagreements: 0 });

    await setRole(2, 'researcher');
    expect((await coder(2).must(routes.task, { params: inTask() })).counts.judgements).toBe(2);
    const file = await coder(2).fetch(`/projects/${task.projectId}/judgements?format=jsonl`);
    const rows = (await file.text())
      .trim()
      .split('\n')
      .map((line) => judgementRowSchema.parse(JSON.parse(line)));
    expect(rows.map(({ submissionId, superseded }) => ({ submissionId, superseded }))).toEqual([
      { submissionId: counted.submissionId, superseded: false },
      { submissionId: theirs.submissionId, superseded: false },
    ]);
  });

  it('is not given to whoever can see what others answered, unless it is in hand', async () => {
    await setRole(0, 'manager');
    expect((await coder(0).call(routes.claim, { params: inTask() })).status).toBe(403);
    const lease = await claim(coder(1));
    await setRole(1, 'researcher');
    expect((await claim(coder(1))).id).toBe(lease.id);
  });

  it('shows nothing of what others judged, nor gold', async () => {
    const mine = await claim(coder(0));
    await submit(coder(0), rating(mine, 0, 4));
    const theirs = await claim(coder(1));
    expect(theirs.judgements).toEqual([]);
    expect(JSON.stringify(theirs.items)).not.toContain('gold');
    expect(
      (await coder(1).call(routes.lease, { params: { projectId: task.projectId, leaseId: mine.id } })).status,
    ).toBe(404);
  });
});

describe('the desk', () => {
  it('lists what waits and how far it is', async () => {
    const lease = await claim(coder(0));
    await submit(coder(0), rating(lease, 0, 4));
    const desk = await coder(0).must(routes.desk);
    expect(desk).toMatchObject([{ taskId: task.taskId, judged: 1, held: 4, available: true }]);
  });
});

describe('agreement', () => {
  it('is computed from the latest counted judgements, and a second time alike', async () => {
    for (const index of [0, 1]) {
      const lease = await claim(coder(index));
      for (let position = 0; position < 4; position += 1) {
        await submit(
          coder(index),
          rating(lease, position, position + (index === 1 && position === 3 ? 2 : 0)),
        );
      }
    }
    await recompute(test.instance.services, { projectId: task.projectId, taskId: task.taskId });
    const prisma = test.instance.services.database.prisma;
    const where = { projectId_taskId: { projectId: task.projectId, taskId: task.taskId } };
    const first = await prisma.agreementSnapshot.findUniqueOrThrow({ where });
    expect(first).toMatchObject({ judgements: 8, disagreements: 1 });
    await recompute(test.instance.services, { projectId: task.projectId, taskId: task.taskId });
    const second = await prisma.agreementSnapshot.findUniqueOrThrow({ where });
    expect(second.views).toEqual(first.views);
    expect(JSON.stringify(first.views)).toContain('percent');
  });

  it('is for managers and researchers only', async () => {
    expect((await coder(0).call(routes.agreement, { params: inTask() })).status).toBe(404);
  });
});
