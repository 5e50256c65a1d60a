import { FIRST_SCORING_RULES, problemSchema, routes, streams } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Prepared } from '../support/cast.ts';
import { ACTORS, Cast, PAIRS_FILE } from '../support/cast.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { PASSWORD } from '../support/people.ts';

let test: TestInstance;
let cast: Cast;
beforeAll(async () => {
  test = await startTestInstance({ worker: false, logLevel: 'fatal' });
  cast = await Cast.assemble(test);
});
afterAll(async () => {
  await cast.leave();
  await test.stop();
});

/** Statuses for `ACTORS`, in their order. */
type Expected = readonly [number, number, number, number, number, number, number];

interface Row {
  readonly expected: Expected;
  /** Made anew for every attempt. */
  readonly prepare?: (actor: Actor) => Prepared | Promise<Prepared>;
}

const all = (status: number): Expected => [status, status, status, status, status, status, status];
/** Whoever is logged in. */
const anybody = (status: number): Expected => [401, status, status, status, status, status, status];
/** All members of the project, and admins. */
const members: Expected = [401, 200, 200, 200, 404, 200, 200];
/** Researchers, managers and admins; for others there is nothing there. */
const results: Expected = [401, 404, 404, 200, 404, 200, 200];
/** Managers and admins read; for others there is nothing there. */
const managersRead: Expected = [401, 404, 404, 404, 404, 200, 200];
/** Managers and admins write; members are told that they may not. */
const managersWrite = (status: number): Expected => [401, 403, 403, 403, 404, status, status];
/** The annotator whose section it is, and nobody else, however mighty. */
const holder = (status: number): Expected => [401, status, 404, 404, 404, 404, 404];

const body = (value: unknown) => () => ({ body: value });

const ROWS: Readonly<Record<string, Row>> = {
  // Session
  'GET /setup': { expected: all(404) },
  'POST /setup': {
    expected: all(404),
    prepare: body({ secret: 'x'.repeat(43), email: 'me@example.org', name: 'Me', password: PASSWORD }),
  },
  'POST /session': {
    expected: all(200),
    prepare: () => ({ body: { email: cast.emailOf('researcher'), password: PASSWORD } }),
  },
  'GET /session': { expected: anybody(200) },
  'GET /session/ways': { expected: all(200) },
  // The instance has no OpenID provider.
  'GET /session/provider': { expected: all(404) },
  'GET /session/provider/return': { expected: all(404) },
  'DELETE /session': { expected: anybody(204) },
  'PUT /session/password': {
    expected: anybody(204),
    prepare: (actor) => {
      const known = actor === 'admin' ? 'a long enough phrase' : PASSWORD;
      return { body: { current: known, password: known } };
    },
  },
  'GET /password-resets': { expected: all(200) },
  // The instance sends no mail.
  'POST /password-resets': { expected: all(409), prepare: body({ email: 'somebody@example.org' }) },
  'POST /password-resets/redemption': {
    expected: all(410),
    prepare: body({ secret: 'x'.repeat(43), password: PASSWORD }),
  },

  // People
  'POST /invitations/preview': {
    expected: all(200),
    prepare: async () => ({ body: { secret: (await cast.invitation()).secret } }),
  },
  'POST /invitations/acceptance': {
    expected: all(201),
    prepare: async () => ({
      body: { secret: (await cast.invitation()).secret, name: 'Guest', password: PASSWORD },
    }),
  },
  'POST /projects/:projectId/invitations': {
    expected: managersWrite(201),
    prepare: () => ({ body: { email: `${uuidv7()}@example.org`, role: 'manager' } }),
  },
  'GET /projects/:projectId/invitations': { expected: managersRead },
  'DELETE /projects/:projectId/invitations/:invitationId': {
    expected: managersWrite(204),
    prepare: async () => ({ params: { invitationId: (await cast.invitation()).invitationId } }),
  },
  'GET /projects/:projectId/members': { expected: managersRead },
  'PATCH /projects/:projectId/members/:memberId': {
    expected: managersWrite(200),
    prepare: body({ role: 'annotator' }),
  },
  'POST /projects/:projectId/members/:memberId/reset-links': { expected: managersWrite(201) },
  'GET /projects/:projectId/tokens': { expected: results },
  'POST /projects/:projectId/tokens': {
    expected: [401, 403, 403, 201, 404, 201, 201],
    prepare: body({ name: 'Mine', scope: 'write', expiresInDays: 1 }),
  },
  'DELETE /projects/:projectId/tokens/:tokenId': {
    expected: [401, 204, 204, 204, 404, 204, 204],
    prepare: async (actor) => ({ params: await cast.tokenOf(actor) }),
  },
  'GET /projects/:projectId/webhooks': { expected: managersRead },
  'POST /projects/:projectId/webhooks': {
    expected: managersWrite(201),
    prepare: body({ url: 'https://receiver.example/', events: ['task.opened'] }),
  },
  'PATCH /projects/:projectId/webhooks/:webhookId': {
    expected: managersWrite(200),
    prepare: body({ enabled: true }),
  },
  'DELETE /projects/:projectId/webhooks/:webhookId': {
    expected: managersWrite(204),
    prepare: async () => ({ params: await cast.webhook() }),
  },
  'POST /projects/:projectId/webhooks/:webhookId/tests': { expected: managersWrite(202) },
  'GET /projects/:projectId/webhooks/:webhookId/deliveries': { expected: managersRead },
  'POST /projects/:projectId/webhooks/:webhookId/deliveries/:deliveryId/redelivery': {
    expected: managersWrite(202),
  },
  'GET /projects/:projectId/audit': { expected: managersRead },
  'GET /projects/:projectId/audit.csv': { expected: managersRead },

  // Projects
  'GET /projects': { expected: anybody(200) },
  'POST /projects': { expected: [401, 403, 403, 403, 403, 403, 201], prepare: body({ name: 'Mine' }) },
  'GET /projects/:projectId': { expected: members },
  'PATCH /projects/:projectId': { expected: managersWrite(200), prepare: body({ description: 'New.' }) },
  'GET /projects/:projectId/guidelines': { expected: members },
  'POST /projects/:projectId/guidelines': {
    expected: managersWrite(201),
    prepare: body({ markdown: 'Look.' }),
  },

  'GET /projects/:projectId/guidelines/changes': { expected: members },
  'POST /projects/:projectId/guidelines/readings': {
    expected: [401, 204, 204, 204, 404, 204, 404],
    prepare: async () => ({ body: { version: await cast.guideline() } }),
  },
  'GET /projects/:projectId/guidelines/use': { expected: results },
  'GET /projects/:projectId/decisions': { expected: members },
  'POST /projects/:projectId/decisions': {
    expected: managersWrite(201),
    prepare: body({ question: 'Is a coast a shore?', answer: 'Near enough.' }),
  },
  'POST /projects/:projectId/decisions/:number/withdrawal': {
    expected: managersWrite(200),
    prepare: async () => ({ params: await cast.decision(), body: { reason: 'It is not.' } }),
  },

  // Questions: between whoever asks and the managers. An admin who is no member has nothing to ask.
  'GET /projects/:projectId/questions': { expected: members },
  'POST /projects/:projectId/questions': {
    expected: [401, 201, 201, 201, 404, 201, 404],
    prepare: () => ({ body: { questionId: uuidv7(), unitId: null, text: 'Is a coast a shore?' } }),
  },
  'GET /projects/:projectId/questions/:questionId': { expected: [401, 200, 404, 404, 404, 200, 200] },
  'POST /projects/:projectId/questions/:questionId/answers': {
    expected: managersWrite(201),
    prepare: body({ text: 'Near enough.' }),
  },
  'POST /projects/:projectId/questions/:questionId/seen': { expected: holder(204) },
  'GET /desk/questions': { expected: anybody(200) },

  // Collections: they hold gold, so annotators get items with their sections and not from here.
  'GET /projects/:projectId/collections': { expected: results },
  'POST /projects/:projectId/collections': {
    expected: managersWrite(201),
    prepare: body({ name: 'More', kind: 'documents' }),
  },
  'GET /projects/:projectId/collections/:collectionId': { expected: results },
  'GET /projects/:projectId/collections/:collectionId/items': { expected: results },
  'GET /projects/:projectId/collections/:collectionId/items/:itemId': { expected: results },
  'GET /projects/:projectId/collections/:collectionId/imports': { expected: results },
  'GET /projects/:projectId/collections/:collectionId/imports/:importId': { expected: results },
  'POST /projects/:projectId/collections/:collectionId/imports': {
    expected: managersWrite(201),
    prepare: () => {
      const form = new FormData();
      form.append('file', new File([PAIRS_FILE], 'pairs.csv'));
      return { form };
    },
  },
  'POST /projects/:projectId/collections/:collectionId/imports/:importId/commit': {
    expected: managersWrite(202),
    prepare: async () => ({ params: await cast.upload() }),
  },
  'DELETE /projects/:projectId/collections/:collectionId/imports/:importId': {
    expected: managersWrite(204),
    prepare: async () => ({ params: await cast.upload() }),
  },
  'GET /projects/:projectId/collections/:collectionId/imports/:importId/refusals.csv': { expected: results },
  'GET /projects/:projectId/collections/:collectionId/documents': { expected: results },
  'GET /projects/:projectId/collections/:collectionId/phrases': { expected: managersRead },
  'POST /projects/:projectId/collections/:collectionId/phrases': {
    expected: managersWrite(409),
    prepare: body({ rules: ['pronoun'] }),
  },
  'GET /projects/:projectId/collections/:collectionId/items/:itemId/phrases': {
    expected: managersRead,
    prepare: async () => ({ params: await cast.phraseReview() }),
  },
  'PATCH /projects/:projectId/collections/:collectionId/items/:itemId/phrases': {
    expected: managersWrite(200),
    prepare: async () => ({
      params: await cast.phraseReview(),
      body: { revision: 0, changes: [{ id: 'p1', ranges: [[0, 1]], verdict: 'rejected' }] },
    }),
  },
  'POST /projects/:projectId/collections/:collectionId/items/:itemId/phrases/confirmation': {
    expected: managersWrite(201),
    prepare: async () => ({
      params: await cast.phraseReview(),
      body: { revision: 0, unreviewed: 'take' },
    }),
  },
  'DELETE /projects/:projectId/collections/:collectionId/items/:itemId/phrases': {
    expected: managersWrite(204),
    prepare: async () => ({ params: await cast.phraseReview() }),
  },

  // Tasks
  'GET /projects/:projectId/tasks': { expected: results },
  'POST /projects/:projectId/tasks': {
    expected: managersWrite(201),
    prepare: () => ({
      body: {
        name: 'Another look',
        collectionId: cast.param('collectionId'),
        type: 'similarity-rating',
        phase: 'pilot',
        wanted: 2,
        order: 'shuffled',
        coders: { kind: 'whoever-comes' },
        protocol: {
          question: 'How similar is what they mean?',
          scale: { low: 0, high: 6, lowLabel: 'not at all', highLabel: 'the same', hint: '' },
          blockSize: 20,
        },
      },
    }),
  },
  'GET /projects/:projectId/tasks/:taskId': { expected: results },
  'PATCH /projects/:projectId/tasks/:taskId': {
    expected: managersWrite(200),
    prepare: body({ state: 'open' }),
  },
  // Of the task of the cast each unit stands in one item.
  'GET /projects/:projectId/tasks/:taskId/design': { expected: [401, 404, 404, 404, 404, 404, 404] },
  'GET /projects/:projectId/tasks/:taskId/sections': { expected: results },
  'GET /projects/:projectId/tasks/:taskId/units': { expected: results },
  'POST /projects/:projectId/tasks/:taskId/leases/given': {
    expected: managersWrite(204),
    prepare: () => ({
      body: { sectionId: cast.section(), memberId: cast.param('memberId'), deadline: null },
    }),
  },
  'POST /projects/:projectId/leases/:leaseId/reclaim': {
    expected: managersWrite(204),
    prepare: async () => ({ params: await cast.leaseOf('annotator') }),
  },

  'POST /projects/:projectId/validation-leases/:validationLeaseId/reclaim': {
    expected: managersWrite(204),
    prepare: () => cast.validationOf('annotator').then((params) => ({ params })),
  },

  // Work: annotators take sections; managers and researchers see answers, so they are told that they may not. An admin
  // who is no member has no place to judge from.
  'GET /desk': { expected: anybody(200) },
  'POST /projects/:projectId/tasks/:taskId/leases': { expected: [401, 200, 200, 403, 404, 403, 404] },
  'GET /projects/:projectId/leases/:leaseId': { expected: holder(200) },
  'POST /projects/:projectId/leases/:leaseId/renewal': { expected: holder(200) },
  'POST /projects/:projectId/leases/:leaseId/finish': { expected: holder(409) },
  'POST /projects/:projectId/leases/:leaseId/return': {
    expected: holder(204),
    prepare: async () => ({ params: await cast.leaseOf('annotator') }),
  },
  'POST /projects/:projectId/tasks/:taskId/judgements': {
    expected: [401, 200, 409, 409, 404, 409, 404],
    prepare: () => ({
      body: {
        submissionId: uuidv7(),
        unitId: cast.param('unitId'),
        act: { kind: 'answer', answer: { kind: 'rating', value: 3 } },
        elapsedMs: 1_000,
      },
    }),
  },

  // Second looks: the rule chooses nothing of the task at hand.
  'POST /projects/:projectId/tasks/:taskId/second-looks/preview': {
    expected: managersRead,
    prepare: body({ rule: { kind: 'before-version', version: 1 }, coders: null }),
  },
  'POST /projects/:projectId/tasks/:taskId/second-looks': {
    expected: managersWrite(201),
    prepare: () => ({
      body: {
        name: 'Again',
        rule: { kind: 'by-hand', unitIds: [], numbers: '1–400' },
        coders: [cast.param('memberId')],
      },
    }),
  },

  // The task at hand is a first look.
  'GET /projects/:projectId/tasks/:taskId/looks': { expected: anybody(404) },
  'GET /projects/:projectId/tasks/:taskId/looks/changes.csv': { expected: anybody(404) },

  // Training: the task at hand is none that trains; who may be trained is tested with the rest of it.
  'GET /projects/:projectId/tasks/:taskId/training': { expected: anybody(404) },
  'POST /projects/:projectId/tasks/:taskId/training/answers': {
    expected: anybody(404),
    prepare: () => ({
      body: {
        submissionId: uuidv7(),
        unitId: cast.param('unitId'),
        answer: { kind: 'rating', value: 3 },
        elapsedMs: 1_000,
      },
    }),
  },
  'POST /projects/:projectId/tasks/:taskId/training/allowances': {
    expected: managersWrite(404),
    prepare: () => ({ body: { coder: uuidv7() } }),
  },
  'GET /projects/:projectId/tasks/:taskId/training/rounds': { expected: anybody(404) },
  'GET /projects/:projectId/tasks/:taskId/training/tables/:table': { expected: managersRead },
  'GET /projects/:projectId/tasks/:taskId/ratings': { expected: managersRead },
  'PUT /projects/:projectId/units/:unitId/gold/explanation': {
    expected: [401, 403, 403, 403, 404, 404, 404],
    prepare: body({ explanation: 'So it says.' }),
  },

  // Validation: like sections, readings are given to annotators alone.
  'POST /projects/:projectId/tasks/:taskId/validation-leases': {
    expected: [401, 200, 200, 403, 404, 403, 404],
  },
  'GET /projects/:projectId/validation-leases/:validationLeaseId': { expected: holder(200) },
  'POST /projects/:projectId/validation-leases/:validationLeaseId/finish': { expected: holder(409) },
  'POST /projects/:projectId/validation-leases/:validationLeaseId/return': {
    expected: holder(204),
    prepare: () => cast.validationOf('annotator').then((params) => ({ params })),
  },
  'POST /projects/:projectId/tasks/:taskId/validations': {
    expected: holder(200),
    prepare: () =>
      cast.validationOf('annotator').then(({ shownReadingId }) => ({
        body: { submissionId: uuidv7(), shownReadingId, verdict: 'agree', elapsedMs: 1_000 },
      })),
  },

  // Coders outside the project
  'GET /projects/:projectId/outside-coders': { expected: results },
  'GET /projects/:projectId/tasks/:taskId/answer-files': { expected: results },
  'POST /projects/:projectId/tasks/:taskId/answer-files': {
    expected: managersWrite(201),
    prepare: async () => ({ form: await cast.judgementsForm() }),
  },
  'POST /projects/:projectId/tasks/:taskId/answer-files/:answerFileId/commit': {
    expected: managersWrite(200),
    prepare: async () => ({ params: await cast.answerFile() }),
  },
  'DELETE /projects/:projectId/tasks/:taskId/answer-files/:answerFileId': {
    expected: managersWrite(204),
    prepare: async () => ({ params: await cast.answerFile() }),
  },
  // Points: one's own, and what the project shows of others.
  'GET /cases': { expected: anybody(200) },
  'GET /projects/:projectId/sections/:sectionId/explanation': {
    expected: holder(200),
    prepare: async () => ({ params: { sectionId: await cast.closedSectionOf('annotator') } }),
  },
  'GET /projects/:projectId/scoring': { expected: members },
  'POST /projects/:projectId/scoring/rules': {
    expected: managersWrite(201),
    prepare: body({ rules: FIRST_SCORING_RULES }),
  },
  'POST /projects/:projectId/scoring/preview': {
    expected: managersRead,
    prepare: body({ rules: FIRST_SCORING_RULES }),
  },
  'PUT /projects/:projectId/scoring/board': {
    expected: managersWrite(200),
    prepare: body({ board: 'private' }),
  },
  // An admin who is no member stands on no board.
  'PUT /projects/:projectId/scoring/own-board': {
    expected: [401, 200, 200, 200, 404, 200, 404],
    prepare: body({ staysOff: false }),
  },
  'GET /projects/:projectId/board': { expected: members },

  // Results
  // Adjudication
  'GET /projects/:projectId/tasks/:taskId/adjudication': { expected: managersRead },
  // The task is one whose units stand in no text.
  'GET /projects/:projectId/tasks/:taskId/side-by-side': { expected: [401, 404, 404, 404, 404, 409, 409] },
  'GET /projects/:projectId/tasks/:taskId/side-by-side/:itemId': {
    expected: [401, 404, 404, 404, 404, 409, 409],
  },
  'GET /projects/:projectId/units/:unitId/adjudication': { expected: managersRead },
  // The unit is one of a type without disputes.
  'POST /projects/:projectId/units/:unitId/adjudications': {
    expected: managersWrite(409),
    prepare: body({ kind: 'send-back', supersedes: null }),
  },
  'POST /projects/:projectId/units/:unitId/contests': {
    expected: holder(201),
    prepare: async () => ({
      params: await cast.closedUnitOf('annotator'),
      body: { reason: 'I read it otherwise.' },
    }),
  },
  'GET /projects/:projectId/contests': { expected: members },

  'GET /projects/:projectId/tasks/:taskId/agreement': { expected: results },
  'GET /projects/:projectId/tasks/:taskId/disagreements': { expected: results },
  'GET /projects/:projectId/tasks/:taskId/readings': { expected: results },
  'GET /projects/:projectId/units/:unitId': { expected: results },
  'GET /projects/:projectId/events': { expected: results },
  'GET /projects/:projectId/judgements': { expected: results },
  'GET /projects/:projectId/releases': { expected: results },
  // The first manager's stands in the way of the next; nothing works in the background.
  'POST /projects/:projectId/releases': { expected: [401, 403, 403, 403, 404, 202, 409] },
  'GET /projects/:projectId/releases/:number': {
    expected: results,
    prepare: async () => ({ params: await cast.release() }),
  },
  'GET /projects/:projectId/releases/:number/file': {
    // It is on the list, and not in the folder.
    expected: [401, 404, 404, 409, 404, 409, 409],
    prepare: async () => ({ params: await cast.release() }),
  },
  'POST /projects/:projectId/releases/:number/withdrawal': {
    expected: managersWrite(200),
    prepare: async () => ({ params: await cast.release(), body: { reason: 'A mistake in it.' } }),
  },
  'GET /projects/:projectId/validations': { expected: results },
  'GET /projects/:projectId/tasks/:taskId/export/readings': { expected: results },
  'GET /projects/:projectId/tasks/:taskId/export/:format': { expected: results },
};

interface Operation {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly row: Row;
}

const OPERATIONS: readonly Operation[] = Object.entries(ROWS).map(([key, row]) => {
  const [method = '', path = ''] = key.split(' ');
  return { key, method, path, row };
});

/** What the service says of itself, as `METHOD /path/:parameter` below `/api/v1`. */
async function documentedOperations(): Promise<readonly string[]> {
  const response = await fetch(`${test.address}/api/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) =>
        `${method.toUpperCase()} ${path.replace(/^\/api\/v1/u, '').replaceAll(/\{(\w+)\}/gu, ':$1')}`,
    ),
  );
}

describe('the table', () => {
  it('has a row for every operation that the service documents, and for no other', async () => {
    expect(Object.keys(ROWS).sort()).toEqual([...(await documentedOperations())].sort());
  });

  it('has a row for every operation of the contract', () => {
    const promised = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
    expect(promised.filter((key) => !(key in ROWS))).toEqual([]);
    const streamed = new Set(OPERATIONS.map(({ path }) => path));
    expect(Object.values(streams).filter((path) => !streamed.has(path))).toEqual([]);
  });
});

const NOT_FOUND = { type: 'urn:casebook:not-found', title: 'Not found', status: 404 };
const INNARDS = /node_modules|\.ts:\d|SELECT |INSERT |prisma|postgres|fastify\/|\bat \w+ \(/iu;

describe.each(OPERATIONS)('$key', ({ method, path, row }) => {
  it.for(ACTORS.map((actor, index) => ({ actor, status: row.expected[index] })))(
    'answers $status to $actor',
    async ({ actor, status }) => {
      const answer = await cast.attempt(actor, method, path, (await row.prepare?.(actor)) ?? {});
      expect([answer.status, answer.status === status ? '' : answer.text]).toEqual([status, '']);
      if (answer.status < 400) return;
      expect(answer.type).toBe('application/problem+json; charset=utf-8');
      expect(answer.text).not.toMatch(INNARDS);
      const problem = problemSchema.parse(JSON.parse(answer.text));
      if (answer.status === 404) {
        const { requestId: _, ...told } = problem;
        expect(told).toEqual({ ...NOT_FOUND, detail: 'There is nothing here, or nothing that you may see.' });
      }
    },
  );
});

describe('what belongs to one project', () => {
  beforeAll(async () => {
    await cast.alsoManagesOther('manager');
  });

  it.for(OPERATIONS.filter(({ path }) => /:projectId\/.*:(?!format)/u.test(path)))(
    'is not found under another by $key',
    async ({ method, path, row }) => {
      const { params, ...rest } = (await row.prepare?.('manager')) ?? {};
      const misplaced = { ...rest, params: { ...params, projectId: cast.otherProjectId } };
      expect((await cast.attempt('manager', method, path, misplaced)).status).toBe(404);
    },
  );
});

/** Operations that the contract gives a body. */
const TOLD = new Set(
  Object.values(routes).flatMap(({ method, path, body }) =>
    body === undefined ? [] : [`${method} ${path}`],
  ),
);

describe('what nobody asked for', () => {
  it.for(OPERATIONS.filter(({ key }) => TOLD.has(key)))(
    'is not taken in the body of $key',
    async ({ method, path, row }) => {
      const { body: given, ...rest } = (await row.prepare?.('manager')) ?? {};
      if (typeof given !== 'object') throw new Error('the table gives this operation no body');
      for (const extra of ['userId', 'isGold', 'isAdmin', 'createdAt', 'projectId']) {
        const padded = { ...rest, body: { ...given, [extra]: uuidv7() } };
        expect([extra, (await cast.attempt('manager', method, path, padded)).status]).toEqual([extra, 400]);
      }
    },
  );

  // What an OpenID provider adds to the way back is its own affair; only what the protocol names is read.
  const OPEN = new Set(['GET /session/provider/return']);
  it.for(OPERATIONS.filter(({ key, method }) => method === 'GET' && !OPEN.has(key)))(
    'is not looked up, sorted or filtered by in $key',
    async ({ method, path }) => {
      for (const query of ['?sort=user.passwordHash', '?where[user][passwordHash]=x', '?limit=1&limit=2']) {
        expect([query, (await cast.attempt('manager', method, path, {}, query)).status]).toEqual([
          query,
          400,
        ]);
      }
    },
  );
});
