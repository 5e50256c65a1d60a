import { createHash, randomBytes } from 'node:crypto';
import { collectionIdSchema, projectIdSchema, routes } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { firstAdmin, TestClient } from './client.ts';
import { upload } from './collections.ts';
import { fromAnotherDevice } from './device.ts';
import type { TestInstance } from './instance.ts';
import { inviteAs, joinAs, makeProject, memberIdOf, PASSWORD } from './people.ts';
import { plantTask } from './planting.ts';

/** Everybody who can stand towards a project, in the order of the expected answers. */
export const ACTORS = [
  'anonymous',
  'annotator',
  'other annotator',
  'researcher',
  'other project’s researcher',
  'manager',
  'admin',
] as const;
export type Actor = (typeof ACTORS)[number];

/** Values for an address's parameters, and what goes into the body. */
export interface Prepared {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly form?: FormData;
}

export const PAIRS_FILE = 'word1,word2\ncoast,shore\nold,new\n';

interface Stage {
  readonly test: TestInstance;
  readonly database: pg.Client;
  readonly emails: ReadonlyMap<Actor, string>;
  /** Sections that nobody holds. */
  readonly free: string[];
  /** One of everything, by the name of the parameter that it stands for. */
  readonly params: Readonly<Record<string, string>>;
  readonly otherProjectId: string;
}

/**
 * A project with one of everything, another project, and everybody who may or may not do something with it. What an
 * attempt would use up is made anew for each.
 */
export class Cast {
  readonly #stage: Stage;

  private constructor(stage: Stage) {
    this.#stage = stage;
  }

  static async assemble(test: TestInstance): Promise<Cast> {
    const admin = await firstAdmin(test);
    const otherProjectId = await makeProject(admin, 'Another');
    const { projectId, taskId } = await plantTask(test.databaseUrl, {
      units: 400,
      blockSize: 4,
      wanted: 1,
      coders: 0,
    });
    const emails = new Map<Actor, string>([['admin', 'ada@example.org']]);
    for (const [actor, place, role] of [
      ['annotator', projectId, 'annotator'],
      ['other annotator', projectId, 'annotator'],
      ['researcher', projectId, 'researcher'],
      ['other project’s researcher', otherProjectId, 'researcher'],
      ['manager', projectId, 'manager'],
    ] as const) {
      const email = `${actor.replaceAll(/[^a-z]/gu, '-')}@example.org`;
      await joinAs(test, admin, place, email, role);
      emails.set(actor, email);
    }

    const database = new pg.Client({ connectionString: test.databaseUrl });
    await database.connect();
    const sections = await database.query<{ id: string }>(
      'SELECT "id" FROM "Section" WHERE "projectId" = $1 ORDER BY "position" DESC',
      [projectId],
    );
    const items = await database.query<{ itemId: string; collectionId: string }>(
      'SELECT "id" AS "itemId", "collectionId" FROM "Item" WHERE "projectId" = $1 LIMIT 1',
      [projectId],
    );
    const emailOf = (actor: Actor) => emails.get(actor) ?? '';
    const params = {
      projectId,
      taskId,
      ...items.rows[0],
      memberId: await memberIdOf(admin, projectId, emailOf('annotator')),
      format: 'tsv',
      table: 'ratings',
    };
    const free = sections.rows.map(({ id }) => id);
    return new Cast({ test, database, emails, free, params, otherProjectId }).#withWorkBegun();
  }

  /** The same, with a section in the annotator's hands, an upload, an invitation and a token to look at. */
  async #withWorkBegun(): Promise<Cast> {
    const { leaseId, sectionId } = await this.leaseOf('annotator');
    const unit = await this.#stage.database.query<{ id: string }>(
      'SELECT "id" FROM "Unit" WHERE "sectionId" = $1',
      [sectionId],
    );
    const params = {
      ...this.#stage.params,
      leaseId,
      sectionId,
      unitId: unit.rows[0]?.id ?? '',
      ...(await this.upload()),
      ...(await this.answerFile()),
      ...(await this.invitation()),
      ...(await this.tokenOf('manager')),
      ...(await this.webhook()),
      ...(await this.release()),
      ...(await this.validationOf('annotator')),
      ...(await this.question()),
      ...(await this.decision()),
    };
    return new Cast({ ...this.#stage, params });
  }

  async leave(): Promise<void> {
    await this.#stage.database.end();
  }

  param(name: string): string {
    const value = this.#stage.params[name];
    if (value === undefined) throw new Error(`nothing stands for :${name}`);
    return value;
  }

  get otherProjectId(): string {
    return this.#stage.otherProjectId;
  }

  #place() {
    return { projectId: this.param('projectId') };
  }

  emailOf(actor: Actor): string {
    return this.#stage.emails.get(actor) ?? 'nobody@example.org';
  }

  /** The actor as a browser that has just logged in. */
  async as(actor: Actor): Promise<TestClient> {
    const client = new TestClient(this.#stage.test.address);
    if (actor === 'anonymous') return client;
    const secret = randomBytes(32).toString('base64url');
    await this.#stage.database.query(
      `INSERT INTO "Session" ("secretHash", "userId", "expiresAt")
       SELECT $1, "id", now() + interval '1 day' FROM "User" WHERE "email" = $2`,
      [createHash('sha256').update(secret).digest(), this.emailOf(actor)],
    );
    client.cookie = `casebook=${secret}`;
    return client;
  }

  /** Sends what was prepared, from a device of its own, and takes no more of the answer than it needs. */
  async attempt(
    actor: Actor,
    method: string,
    path: string,
    { params, body, form }: Prepared,
    query = '',
  ): Promise<{ status: number; type: string; text: string }> {
    const values = { ...this.#stage.params, ...params };
    const address = path.replaceAll(/:(\w+)/gu, (_, name: string) => values[name] ?? this.param(name));
    const client = await this.as(actor);
    const response = await client.fetch(`${address}${query}`, {
      method,
      headers: {
        ...fromAnotherDevice(this.#stage.test.environment.secret),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(form === undefined ? {} : { body: form }),
    });
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('text/event-stream')) {
      await response.body?.cancel();
      return { status: response.status, type, text: '' };
    }
    return { status: response.status, type, text: await response.text() };
  }

  /** A section that nobody holds yet. */
  section(): string {
    const section = this.#stage.free.shift();
    if (section === undefined) throw new Error('all sections have been given away');
    return section;
  }

  /** A section given to a member of the project. */
  async leaseOf(actor: Actor): Promise<{ leaseId: string; sectionId: string }> {
    const sectionId = this.section();
    const { projectId } = this.#place();
    const admin = await this.as('admin');
    await admin.must(routes.giveLease, {
      params: { projectId, taskId: this.param('taskId') },
      body: {
        sectionId,
        memberId: await memberIdOf(admin, projectId, this.emailOf(actor)),
        deadline: null,
      },
    });
    const { rows } = await this.#stage.database.query<{ id: string }>(
      'SELECT "id" FROM "Lease" WHERE "sectionId" = $1',
      [sectionId],
    );
    return { leaseId: rows[0]?.id ?? '', sectionId };
  }

  /** A unit of a section that a member of the project has handed in and that is closed. */
  async closedUnitOf(actor: Actor): Promise<{ unitId: string }> {
    const { sectionId } = await this.leaseOf(actor);
    const database = this.#stage.database;
    await database.query(
      `UPDATE "Lease" SET "state" = 'finished', "finishedAt" = now() WHERE "sectionId" = $1`,
      [sectionId],
    );
    await database.query(`UPDATE "Section" SET "finished" = 1, "stage" = 'closed' WHERE "id" = $1`, [
      sectionId,
    ]);
    const unit = await database.query<{ id: string }>('SELECT "id" FROM "Unit" WHERE "sectionId" = $1', [
      sectionId,
    ]);
    return { unitId: unit.rows[0]?.id ?? '' };
  }

  /** A section that a member of the project has handed in and that nobody works on any more. */
  async closedSectionOf(actor: Actor): Promise<string> {
    const { leaseId, sectionId } = await this.leaseOf(actor);
    await this.#stage.database.query(
      `UPDATE "Lease" SET "state" = 'finished', "finishedAt" = now() WHERE "id" = $1`,
      [leaseId],
    );
    await this.#stage.database.query(
      `UPDATE "Section" SET "finished" = 1, "stage" = 'closed' WHERE "id" = $1`,
      [sectionId],
    );
    return sectionId;
  }

  /** A reading of one unit, put before a member of the project. */
  async validationOf(actor: Actor): Promise<{ validationLeaseId: string; shownReadingId: string }> {
    const sectionId = this.section();
    const ids = { validationLeaseId: uuidv7(), shownReadingId: uuidv7() };
    const database = this.#stage.database;
    const judged = await database.query<{ id: string; unitId: string }>(
      `INSERT INTO "Judgement" ("projectId", "id", "submissionId", "taskId", "sectionId", "unitId", "coderId", "act",
         "answer", "submissionHash", "contractVersion", "itemVersion", "elapsedMs", "extra")
       SELECT u."projectId", $2, $3, u."taskId", u."sectionId", u."id", m."id", 'answer',
         '{"kind":"rating","value":3}', '', 1, u."itemVersion", 1000, false
       FROM "Unit" u JOIN "Member" m ON m."projectId" = u."projectId"
       JOIN "User" p ON p."id" = m."userId" AND p."email" = $4
       WHERE u."sectionId" = $1 LIMIT 1 RETURNING "id", "unitId"`,
      [sectionId, uuidv7(), uuidv7(), this.emailOf('other annotator')],
    );
    const place = [this.param('projectId'), this.param('taskId'), sectionId];
    await database.query(
      `UPDATE "Section" SET "stage" = 'validation', "validatorsWanted" = 1, "validatorsTaken" = 1
       WHERE "projectId" = $1 AND "id" = $2`,
      [place[0], sectionId],
    );
    await database.query(
      `INSERT INTO "ShownReading" ("projectId", "taskId", "sectionId", "id", "unitId", "judgementId", "round", "position")
       VALUES ($1, $2, $3, $4, $5, $6, 1, 0)`,
      [...place, ids.shownReadingId, judged.rows[0]?.unitId, judged.rows[0]?.id],
    );
    await database.query(
      `INSERT INTO "ValidationLease" ("projectId", "taskId", "sectionId", "id", "memberId", "round", "expiresAt")
       SELECT $1::uuid, $2, $3, $4, m."id", 1, now() + interval '1 day'
       FROM "Member" m JOIN "User" p ON p."id" = m."userId" AND p."email" = $5 WHERE m."projectId" = $1::uuid`,
      [...place, ids.validationLeaseId, this.emailOf(actor)],
    );
    return ids;
  }

  /** An upload that was read and not added yet. */
  async upload(): Promise<{ importId: string }> {
    const name = `${uuidv7()}.csv`;
    const read = await upload(
      await this.as('admin'),
      projectIdSchema.parse(this.param('projectId')),
      collectionIdSchema.parse(this.param('collectionId')),
      name,
      PAIRS_FILE.replaceAll('coast', name),
    );
    if (!read.ok) throw new Error(`the upload was refused: ${read.problem.detail}`);
    return { importId: read.body.id };
  }

  /** A document with one phrase that waits for its reviewer. */
  async phraseReview(): Promise<{ itemId: string }> {
    const itemId = uuidv7();
    const ids = [this.param('projectId'), itemId];
    const database = this.#stage.database;
    await database.query(
      `INSERT INTO "Item" ("projectId", "id", "collectionId", "position", "key", "name", "version", "summary")
       SELECT $1::uuid, $2::uuid, $3::uuid, max("position") + 1, $2::text, 'Note', 1, '' FROM "Item" WHERE "projectId" = $1::uuid`,
      [...ids, this.param('collectionId')],
    );
    const tokens = [{ text: 'She' }, { text: 'ran' }];
    const document = { tokens, sentences: [[0, 2]], paragraphs: [[0, 2]], mentions: [], chains: [] };
    await database.query(
      `INSERT INTO "ItemVersion" ("projectId", "itemId", "version", "content", "contentHash")
       VALUES ($1, $2, 1, $3, '')`,
      [...ids, JSON.stringify({ kind: 'document', document })],
    );
    const proposed = { rule: 'pronoun', ranges: [[0, 1]] };
    await database.query(
      `INSERT INTO "PhraseReview" ("projectId", "itemId", "itemVersion", "state", "rules", "phrases", "createdBy")
       VALUES ($1, $2, 1, 'open', '{pronoun}', $3, $2)`,
      [...ids, JSON.stringify([{ id: 'p1', proposed, ranges: [[0, 1]], verdict: 'open' }])],
    );
    return { itemId };
  }

  /** A file with a judgement of somebody outside the project, another every time. */
  async judgementsForm(): Promise<FormData> {
    const units = await this.#stage.database.query<{ itemId: string; unitKey: string }>(
      'SELECT "itemId", "key" AS "unitKey" FROM "Unit" WHERE "projectId" = $1 AND "taskId" = $2 LIMIT 1',
      [this.param('projectId'), this.param('taskId')],
    );
    const row = {
      ...units.rows[0],
      submissionId: uuidv7(),
      taskId: uuidv7(),
      coder: uuidv7(),
      coderName: 'Elsewhere',
      stage: 'annotation',
      act: { kind: 'answer', answer: { kind: 'rating', value: 3 } },
      comment: null,
      coderRating: null,
      elapsedMs: 1_000,
      informed: false,
      extra: false,
      superseded: false,
      receivedAt: '2026-01-01T00:00:00.000Z',
    };
    const form = new FormData();
    form.append('file', new File([JSON.stringify(row)], 'judgements.jsonl'));
    return form;
  }

  /** A file with answers that was read and not added yet. */
  async answerFile(): Promise<{ answerFileId: string }> {
    const admin = await this.as('admin');
    const response = await admin.fetch(
      `/projects/${this.param('projectId')}/tasks/${this.param('taskId')}/answer-files`,
      { method: 'POST', body: await this.judgementsForm() },
    );
    const { id } = (await response.json()) as { id?: string };
    if (id === undefined) throw new Error(`the answers were refused: ${String(response.status)}`);
    return { answerFileId: id };
  }

  /** An open invitation, and its secret. */
  async invitation(): Promise<{ invitationId: string; secret: string }> {
    const { projectId } = this.#place();
    const admin = await this.as('admin');
    const secret = await inviteAs(admin, projectId, `${uuidv7()}@example.org`, 'annotator');
    const [invitation] = await admin.must(routes.invitations, { params: { projectId } });
    return { invitationId: invitation?.id ?? '', secret };
  }

  /** A token of the actor's own, also of those who could not make one. */
  async tokenOf(actor: Actor): Promise<{ tokenId: string }> {
    const tokenId = uuidv7();
    await this.#stage.database.query(
      `INSERT INTO "ApiToken" ("id", "userId", "projectId", "secretHash", "name", "scope", "expiresAt")
       SELECT $1, "id", $2, $3, 'Own', 'read', now() + interval '1 day' FROM "User" WHERE "email" = $4`,
      [tokenId, this.param('projectId'), randomBytes(32), this.emailOf(actor)],
    );
    return { tokenId };
  }

  /** A webhook, with a message that was given up. */
  async webhook(): Promise<{ webhookId: string; deliveryId: string }> {
    const [webhookId, deliveryId] = [uuidv7(), uuidv7()];
    const projectId = this.param('projectId');
    await this.#stage.database.query(
      `INSERT INTO "Webhook" ("projectId", "id", "url", "events", "sealedSecret")
       VALUES ($1, $2, 'https://receiver.example/', '{task.opened}', '')`,
      [projectId, webhookId],
    );
    await this.#stage.database.query(
      `INSERT INTO "WebhookDelivery" ("projectId", "id", "webhookId", "event", "data", "state")
       VALUES ($1, $2, $3, 'task.opened', '{}', 'failed')`,
      [projectId, deliveryId, webhookId],
    );
    return { webhookId, deliveryId };
  }

  /** A release that was made, without a file. */
  async release(): Promise<{ number: string }> {
    const made = await this.#stage.database.query<{ number: number }>(
      `INSERT INTO "Release" ("projectId", "number", "requestedBy", "state", "madeAt", "root", "bytes", "judgements")
       SELECT $1, 1 + coalesce(max("number"), 0), $2, 'made', now(), repeat('0', 64), 1, 0
       FROM "Release" WHERE "projectId" = $1 RETURNING "number"`,
      [this.param('projectId'), uuidv7()],
    );
    return { number: String(made.rows[0]?.number) };
  }

  /** A question of the annotator's about the guidelines. */
  async question(): Promise<{ questionId: string }> {
    const annotator = await this.as('annotator');
    const { id } = await annotator.must(routes.ask, {
      params: this.#place(),
      body: {
        questionId: uuidv7(),
        unitId: null,
        text: 'Is a coast a shore?',
      },
    });
    return { questionId: id };
  }

  /** The number of a version of the guidelines, just written. */
  async guideline(): Promise<number> {
    const manager = await this.as('manager');
    const { version } = await manager.must(routes.writeGuideline, {
      params: this.#place(),
      body: { markdown: 'Look.' },
    });
    return version;
  }

  /** A decision that holds. */
  async decision(): Promise<{ number: string }> {
    const manager = await this.as('manager');
    const { number } = await manager.must(routes.publishDecision, {
      params: this.#place(),
      body: { question: 'Is a coast a shore?', answer: 'Near enough.' },
    });
    return { number: String(number) };
  }

  /** Lets an actor take part in the other project too. */
  async alsoManagesOther(actor: Actor): Promise<void> {
    const secret = await inviteAs(
      await this.as('admin'),
      this.otherProjectId,
      this.emailOf(actor),
      'manager',
    );
    const client = new TestClient(this.#stage.test.address);
    await client.must(routes.acceptInvitation, {
      body: { secret, password: PASSWORD },
      headers: fromAnotherDevice(this.#stage.test.environment.secret),
    });
  }
}
