import type { ProjectId, WebhookDelivery, WebhookEvent, WebhookId } from '@casebook/contracts';
import { routes, webhookEventSchema } from '@casebook/contracts';
import pg from 'pg';
import { Webhook as Verifier } from 'standardwebhooks';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiProcess } from '../support/api-process.ts';
import { firstAdmin, TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import type { MailCatcher } from '../support/mail.ts';
import { catchMail } from '../support/mail.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { plantTask } from '../support/planting.ts';
import type { Received, Receiver } from '../support/webhook-receiver.ts';
import { startReceiver } from '../support/webhook-receiver.ts';

let mail: MailCatcher;
let test: TestInstance;
let database: pg.Client;
let admin: TestClient;
let receiver: Receiver;
let projectId: ProjectId;
beforeAll(async () => {
  mail = await catchMail();
  test = await startTestInstance({ privateWebhooks: true, smtpUrl: mail.url });
  database = new pg.Client({ connectionString: test.databaseUrl });
  await database.connect();
  admin = await firstAdmin(test);
});
afterAll(async () => {
  await database.end();
  await test.stop();
  await mail.stop();
});
beforeEach(async () => {
  receiver = await startReceiver();
  projectId = await makeProject(admin, 'Watched');
});
afterEach(async () => {
  await receiver.stop();
});

async function hook(
  events: WebhookEvent[],
  url = receiver.url,
  project = projectId,
): Promise<{ webhookId: WebhookId; secret: string }> {
  const made = await admin.must(routes.makeWebhook, {
    params: { projectId: project },
    body: { url, events },
  });
  return { webhookId: made.webhook.id, secret: made.secret };
}

const deliveries = async (webhookId: WebhookId): Promise<WebhookDelivery[]> =>
  (await admin.must(routes.webhookDeliveries, { params: { projectId, webhookId } })).rows;

/** The newest message once it holds. */
const newest = async (
  webhookId: WebhookId,
  holds: (delivery: WebhookDelivery) => boolean,
): Promise<WebhookDelivery> => {
  const found = await eventually(
    async () => (await deliveries(webhookId))[0],
    (delivery) => delivery !== undefined && holds(delivery),
  );
  if (found === undefined) throw new Error('no message was written');
  return found;
};
const failed = (times: number) => (delivery: WebhookDelivery) =>
  delivery.tries.filter(({ failure }) => failure !== null).length === times;

const hasten = (webhookId: WebhookId) =>
  database.query(
    `UPDATE "WebhookDelivery" SET "dueAt" = now() WHERE "webhookId" = $1 AND "state" = 'waiting'`,
    [webhookId],
  );

const headersOf = (received: Received): Record<string, string> =>
  z
    .object({ 'webhook-id': z.string(), 'webhook-timestamp': z.string(), 'webhook-signature': z.string() })
    .parse(received.headers);

function onlyOne(received: readonly Received[]): Received {
  const [one] = received;
  if (one === undefined || received.length !== 1) throw new Error(`${String(received.length)} came, not one`);
  return one;
}

describe('a message', () => {
  it('is signed as the public library verifies it, and by nothing else', async () => {
    const { webhookId, secret } = await hook(['member.joined']);
    await joinAs(test, admin, projectId, 'eve@example.org', 'annotator');
    const delivery = await newest(webhookId, ({ state }) => state === 'delivered');
    const got = onlyOne(receiver.received);
    expect(got.headers['content-type']).toBe('application/json');
    expect(got.headers['webhook-id']).toBe(delivery.id);
    const members = await admin.must(routes.members, { params: { projectId } });
    expect(new Verifier(secret).verify(got.body, headersOf(got))).toEqual({
      type: 'member.joined',
      timestamp: delivery.at,
      data: { memberId: members.find(({ email }) => email === 'eve@example.org')?.id, role: 'annotator' },
    });
    expect(() => new Verifier(secret).verify(`${got.body} `, headersOf(got))).toThrow();
    const other = await hook(['member.joined']);
    expect(() => new Verifier(other.secret).verify(got.body, headersOf(got))).toThrow();
    const old = { ...headersOf(got), 'webhook-timestamp': '1600000000' };
    expect(() => new Verifier(secret).verify(got.body, old)).toThrow();
  });

  it('is written once for every event that a webhook wants, with ids and kinds only', async () => {
    const planted = await plantTask(test.databaseUrl, { units: 4, blockSize: 2, wanted: 1, coders: 1 });
    projectId = planted.projectId;
    const [coder] = planted.coders;
    const { webhookId } = await hook([...webhookEventSchema.options], receiver.url, projectId);
    const { taskId } = planted;
    const place = [projectId, taskId];
    const { rows } = await database.query<{ id: string; unit: string }>(
      `SELECT s."id", u."id" AS "unit" FROM "Section" s JOIN "Unit" u ON u."sectionId" = s."id"
       WHERE s."projectId" = $1 AND s."taskId" = $2 ORDER BY s."position", u."position"`,
      place,
    );
    const [{ id: sectionId, unit: unitId } = { id: '', unit: '' }] = rows;
    await database.query(
      `INSERT INTO "Lease" ("projectId", "id", "taskId", "sectionId", "position", "memberId", "expiresAt")
       VALUES ($1, $2, $3, $4, 0, $5, now() + interval '1 day')`,
      [projectId, uuidv7(), taskId, sectionId, coder?.memberId],
    );
    for (const again of [1, 2]) {
      await database.query(`UPDATE "Lease" SET "state" = 'finished' WHERE "sectionId" = $1`, [sectionId]);
      await database.query(`UPDATE "Section" SET "stage" = 'closed' WHERE "id" = $1`, [sectionId]);
      if (again === 1) {
        await database.query(
          `INSERT INTO "Gold" ("projectId", "unitId", "answer", "source") VALUES ($1, $2, '{"value": 6}', 'SimLex')`,
          [projectId, unitId],
        );
      }
    }
    for (const state of ['paused', 'open', 'closed'] as const) {
      await admin.must(routes.changeTask, { params: { projectId, taskId }, body: { state } });
    }
    await eventually(
      () => deliveries(webhookId),
      (all) => all.length === 4 && all.every(({ state }) => state === 'delivered'),
    );
    const told = receiver.received.map(({ body }) =>
      z.object({ type: z.string(), data: z.unknown() }).parse(JSON.parse(body)),
    );
    expect(told).toEqual([
      { type: 'section.handed_in', data: { taskId, sectionId, stage: 'annotation' } },
      { type: 'stage.closed', data: { taskId, sectionId, stage: 'annotation', next: 'closed' } },
      { type: 'gold.changed', data: { taskId, units: 1, unitIds: [unitId] } },
      { type: 'task.closed', data: { taskId } },
    ]);
    const sent = receiver.received.map(({ body }) => body).join('\n');
    expect(sent).not.toContain(coder?.memberId);
    expect(sent).not.toContain('SimLex');
  });

  it('is not written where what it tells of is rolled back, nor in another project', async () => {
    const { webhookId } = await hook(['member.joined']);
    const userId = uuidv7();
    await database.query(
      `INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ($1, $2, 'Stranger', '')`,
      [userId, `${userId}@example.org`],
    );
    const join = (project: string) =>
      database.query(
        `INSERT INTO "Member" ("projectId", "id", "userId", "role") VALUES ($1, $2, $3, 'researcher')`,
        [project, uuidv7(), userId],
      );
    await database.query('BEGIN');
    await join(projectId);
    const within = await database.query(`SELECT 1 FROM "WebhookDelivery" WHERE "webhookId" = $1`, [
      webhookId,
    ]);
    await database.query('ROLLBACK');
    await join(await makeProject(admin, 'Elsewhere'));
    expect(within.rowCount).toBe(1);
    expect(await deliveries(webhookId)).toEqual([]);
    await admin.must(routes.testWebhook, { params: { projectId, webhookId } });
    await newest(webhookId, ({ state }) => state === 'delivered');
    expect(onlyOne(receiver.received).body).toContain('webhook.test');
  });

  it('is tried again later and later, every try written down, then given up; by hand it is sent again', async () => {
    const { webhookId } = await hook(['task.opened']);
    receiver.reply = { status: 503 };
    await admin.must(routes.testWebhook, { params: { projectId, webhookId } });
    const waits: number[] = [];
    for (let times = 1; times <= 7; times += 1) {
      const { dueAt, tries } = await newest(webhookId, failed(times));
      const last = tries.at(-1);
      waits.push((Date.parse(dueAt ?? '') - Date.parse(last?.at ?? '')) / 1000);
      expect(last).toMatchObject({ number: times, status: 503, failure: 'refused' });
      expect(last?.durationMs).toBeGreaterThanOrEqual(0);
      await hasten(webhookId);
    }
    for (const [index, wait] of [5, 300, 1800, 7200, 18_000, 36_000, 36_000].entries()) {
      expect(waits[index]).toBeGreaterThan(wait - 1);
      expect(waits[index]).toBeLessThan(wait * 1.1 + 2);
    }
    const given = await newest(webhookId, failed(8));
    expect(given).toMatchObject({ state: 'failed', dueAt: null });
    // A webhook that failed for a quarter of a minute is no reason to disable it.
    expect(await admin.must(routes.webhooks, { params: { projectId } })).toMatchObject([{ disabled: null }]);

    receiver.reply = { status: 200 };
    await admin.must(routes.redeliver, { params: { projectId, webhookId, deliveryId: given.id } });
    const again = await newest(webhookId, ({ state }) => state === 'delivered');
    expect(again.tries).toHaveLength(9);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([given.id]),
    );
    expect(await admin.must(routes.webhooks, { params: { projectId } })).toMatchObject([
      { failingSince: null },
    ]);
  });

  it('is not led elsewhere by its receiver', async () => {
    const { webhookId } = await hook(['task.opened']);
    const elsewhere = await startReceiver();
    for (const status of [301, 302, 303, 307, 308]) {
      receiver.reply = { status, location: elsewhere.url };
      await admin.must(routes.testWebhook, { params: { projectId, webhookId } });
      const { tries } = await newest(webhookId, failed(1));
      expect(tries).toMatchObject([{ status, failure: 'redirected' }]);
    }
    expect(elsewhere.received).toEqual([]);
    await elsewhere.stop();
  });
});

describe('a webhook', () => {
  it('keeps its secret sealed and never shows it again', async () => {
    const { webhookId, secret } = await hook(['task.opened']);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/u);
    const { rows } = await database.query<{ kept: string }>(
      `SELECT w::text AS kept FROM "Webhook" w WHERE "id" = $1`,
      [webhookId],
    );
    expect(rows[0]?.kept).not.toContain(secret.slice('whsec_'.length, 20));
    const listed = await admin.must(routes.webhooks, { params: { projectId } });
    expect(JSON.stringify(listed)).not.toContain(secret.slice('whsec_'.length));
  });

  it('is disabled after a day without success, at once where the receiver is gone; managers are told', async () => {
    await joinAs(test, admin, projectId, 'manager@example.org', 'manager');
    await mail.next('manager@example.org');
    const { webhookId } = await hook(['task.opened']);
    receiver.reply = { status: 500 };
    await admin.must(routes.testWebhook, { params: { projectId, webhookId } });
    await newest(webhookId, failed(1));
    await database.query(
      `UPDATE "Webhook" SET "failingSince" = now() - interval '25 hours' WHERE "id" = $1`,
      [webhookId],
    );
    await database.query(`UPDATE "WebhookDelivery" SET "failures" = 7 WHERE "webhookId" = $1`, [webhookId]);
    await hasten(webhookId);
    await newest(webhookId, ({ state }) => state === 'failed');
    const at = { params: { projectId, webhookId } };
    expect(await admin.must(routes.webhooks, at)).toMatchObject([{ disabled: { reason: 'failing' } }]);
    expect(await mail.next('manager@example.org')).toContain(`/projects/${projectId}/webhooks`);
    expect((await admin.call(routes.testWebhook, at)).status).toBe(409);

    await admin.must(routes.changeWebhook, { ...at, body: { enabled: true } });
    receiver.reply = { status: 410 };
    await admin.must(routes.testWebhook, at);
    await newest(webhookId, ({ state }) => state === 'failed');
    expect(await admin.must(routes.webhooks, at)).toMatchObject([{ disabled: { reason: 'gone' } }]);
    const { rows } = await admin.must(routes.audit, {
      params: { projectId },
      query: { action: 'webhook' },
    });
    expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
      ['webhook.disabled', null],
      ['webhook.tested', 'Ada Admin'],
      ['webhook.enabled', 'Ada Admin'],
      ['webhook.disabled', null],
      ['webhook.tested', 'Ada Admin'],
      ['webhook.made', 'Ada Admin'],
    ]);
  });

  it('takes its messages with it when it is removed, and is nobody’s to make with a token', async () => {
    const { webhookId } = await hook(['task.opened']);
    await admin.must(routes.testWebhook, { params: { projectId, webhookId } });
    await newest(webhookId, ({ state }) => state === 'delivered');
    await admin.must(routes.removeWebhook, { params: { projectId, webhookId } });
    const left = await database.query(`SELECT 1 FROM "WebhookDelivery" WHERE "webhookId" = $1`, [webhookId]);
    expect(left.rowCount).toBe(0);
    const { secret } = await admin.must(routes.makeToken, {
      params: { projectId },
      body: { name: 'Program', scope: 'write', expiresInDays: 1 },
    });
    const program = new TestClient(test.address);
    program.token = secret;
    const body = { url: receiver.url, events: ['task.opened' as const] };
    expect((await program.call(routes.makeWebhook, { params: { projectId }, body })).status).toBe(403);
  });
});

describe('a worker that is killed while a message is under way', () => {
  it('leaves one row, which the next sends under the same id', async () => {
    const own = await startTestInstance({ worker: false });
    const settings = { CASEBOOK_WORKER: 'yes', CASEBOOK_PRIVATE_WEBHOOKS: 'yes' };
    const worker = await ApiProcess.start(own.databaseUrl, undefined, settings);
    const client = new pg.Client({ connectionString: own.databaseUrl });
    await client.connect();
    try {
      const ada = await firstAdmin(own);
      const project = await makeProject(ada);
      const there = new TestClient(worker.address);
      there.cookie = ada.cookie;
      const { webhook, secret } = await there.must(routes.makeWebhook, {
        params: { projectId: project },
        body: { url: receiver.url, events: ['member.joined'] },
      });
      receiver.reply = 'hang';
      await joinAs(own, ada, project, 'eve@example.org', 'annotator');
      await eventually(
        () => Promise.resolve(receiver.received.length),
        (count) => count === 1,
      );
      await worker.kill();
      receiver.reply = { status: 204 };
      await worker.restart();
      await client.query(`UPDATE "WebhookDelivery" SET "dueAt" = now()`);
      const list = () =>
        ada.must(routes.webhookDeliveries, { params: { projectId: project, webhookId: webhook.id } });
      const { rows } = await eventually(list, (page) => page.rows[0]?.state === 'delivered');
      expect(rows).toHaveLength(1);
      expect(rows[0]?.tries).toMatchObject([
        { number: 1, durationMs: null, status: null, failure: null },
        { number: 2, status: 204, failure: null },
      ]);
      expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
        rows[0]?.id,
        rows[0]?.id,
      ]);
      for (const got of receiver.received) new Verifier(secret).verify(got.body, headersOf(got));
    } finally {
      await client.end();
      await worker.stop();
      await own.stop();
    }
  }, 120_000);
});

describe('an instance that does not lead webhooks to its own network', () => {
  let strict: TestInstance;
  let ada: TestClient;
  beforeAll(async () => {
    strict = await startTestInstance();
    ada = await firstAdmin(strict);
  });
  afterAll(async () => {
    await strict.stop();
  });

  it.each([
    'http://example.org/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://10.0.0.1:8443/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://0.0.0.0/',
  ])('refuses %s when it is made', async (url) => {
    const project = await makeProject(ada);
    const answer = await ada.call(routes.makeWebhook, {
      params: { projectId: project },
      body: { url, events: ['task.opened'] },
    });
    expect(answer.status).toBe(422);
  });

  it('refuses what a name resolves to, when it connects', async () => {
    const project = await makeProject(ada);
    const { port } = new URL(receiver.url);
    const { webhook } = await ada.must(routes.makeWebhook, {
      params: { projectId: project },
      body: { url: `https://localhost:${port}/`, events: ['task.opened'] },
    });
    const at = { params: { projectId: project, webhookId: webhook.id } };
    await ada.must(routes.testWebhook, at);
    const { rows } = await eventually(
      () => ada.must(routes.webhookDeliveries, at),
      (page) => page.rows[0]?.tries[0]?.durationMs != null,
    );
    expect(rows[0]?.tries).toMatchObject([{ failure: 'address-refused', status: null }]);
    expect(receiver.received).toEqual([]);
  });
});
