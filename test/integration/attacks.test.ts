import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as rawRequest } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { routes } from '@casebook/contracts';
import { dictionary } from '@zxcvbn-ts/language-common';
import { ESLint } from 'eslint';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/api-process.ts';
import { firstAdmin, TestClient } from '../support/client.ts';
import { fromAnotherDevice } from '../support/device.ts';
import type { TestInstance } from '../support/instance.ts';
import { setupSecret, startTestInstance } from '../support/instance.ts';
import type { MailCatcher } from '../support/mail.ts';
import { catchMail } from '../support/mail.ts';
import { inviteAs, joinAs, makeProject, PASSWORD } from '../support/people.ts';
import { rankTest } from '../support/rank-test.ts';

const ROOT = new URL('../../', import.meta.url);

let mail: MailCatcher;
let test: TestInstance;
let admin: TestClient;
let projectId: string;
let setUpSecret: string;
beforeAll(async () => {
  mail = await catchMail();
  test = await startTestInstance({ smtpUrl: mail.url });
  setUpSecret = await setupSecret(test);
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
});
afterAll(async () => {
  await test.stop();
  await mail.stop();
});

const stranger = () => new TestClient(test.address);
const anotherDevice = () => fromAnotherDevice(test.environment.secret);

async function logIn(email: string, password: string): Promise<TestClient> {
  const client = stranger();
  await client.must(routes.logIn, { body: { email, password }, headers: anotherDevice() });
  return client;
}

/** Asks for a reset link and takes it out of the mail. */
async function resetSecretOf(email: string): Promise<string> {
  await stranger().must(routes.requestReset, { body: { email }, headers: anotherDevice() });
  for (;;) {
    const secret = /\/reset\/([\w-]{43})/u.exec(await mail.next(email))?.[1];
    if (secret !== undefined) return secret;
  }
}

/** A request as only a program of ill will would write it. */
async function raw(options: {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  const { hostname, port } = new URL(test.address);
  const { body, ...rest } = options;
  const request = rawRequest({ hostname, port, ...rest, path: `/api/v1${options.path}` });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

describe('a guess at who has an account', () => {
  it('learns nothing from the time that a refused log-in takes', async () => {
    await joinAs(test, admin, projectId, 'known@example.org', 'annotator');
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const attempt = async (who: 'known' | 'unknown') => {
      const begun = performance.now();
      const answer = await stranger().call(routes.logIn, {
        body: { email: `${who}@example.org`, password: 'not the phrase' },
        headers: anotherDevice(),
      });
      times[who].push(performance.now() - begun);
      expect(answer.status).toBe(401);
    };
    await attempt('known');
    await attempt('unknown');
    times.known = [];
    times.unknown = [];
    for (let round = 0; round < 50; round += 1) {
      const order = round % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
      for (const who of order) await attempt(who);
    }
    const p = rankTest(times.known, times.unknown);
    console.info(
      `log-in, 50 known and 50 unknown addresses: p = ${p.toFixed(3)} that their times are the same`,
    );
    expect(p).toBeGreaterThan(0.001);
  });

  it('learns nothing from a reset, neither by its answer nor by its time', async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const answers = new Set<string>();
    for (let round = 0; round < 51; round += 1) {
      const order = round % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
      for (const who of order) {
        const begun = performance.now();
        const response = await stranger().fetch('/password-resets', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...anotherDevice() },
          body: JSON.stringify({ email: `${who}@example.org` }),
        });
        // The first round warms up.
        if (round > 0) times[who].push(performance.now() - begun);
        answers.add(`${String(response.status)} ${await response.text()}`);
      }
    }
    expect([...answers]).toEqual(['202 ']);
    const database = new pg.Client({ connectionString: test.databaseUrl });
    await database.connect();
    // Other tests wait for mails of theirs behind these.
    await database.query("DELETE FROM pgboss.job WHERE name IN ('request-reset', 'send-mail')");
    await database.end();
    const p = rankTest(times.known, times.unknown);
    console.info(
      `reset, 50 known and 50 unknown addresses: p = ${p.toFixed(3)} that their times are the same`,
    );
    expect(p).toBeGreaterThan(0.001);
  });
});

describe('ten wrong log-ins', () => {
  it('close the door to that device with a time to wait, and to no other', async () => {
    await joinAs(test, admin, projectId, 'besieged@example.org', 'annotator');
    const device = anotherDevice();
    const attempt = (password: string, headers: Record<string, string>) =>
      stranger().call(routes.logIn, { body: { email: 'besieged@example.org', password }, headers });
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await attempt(`guess number ${String(tries)}`, device)).status).toBe(401);
    }
    const refused = await attempt(PASSWORD, device);
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(900);
    expect((await attempt(PASSWORD, anotherDevice())).status).toBe(200);
  });

  it('are counted for the device that it is, whatever it says of itself', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) {
      const answer = await stranger().call(routes.logIn, {
        body: { email: 'pretended@example.org', password: 'a guess' },
        headers: {
          ...fromAnotherDevice('a secret that the attacker made up'),
          'x-forwarded-for': `10.0.0.${String(tries)}`,
          forwarded: `for=10.0.0.${String(tries)}`,
          'x-real-ip': `10.0.0.${String(tries)}`,
        },
      });
      statuses.push(answer.status);
    }
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('an account that was disabled', () => {
  it('loses its sessions and tokens with the next request', async () => {
    const leaver = await joinAs(test, admin, projectId, 'leaver@example.org', 'researcher');
    const { secret } = await leaver.must(routes.makeToken, {
      params: { projectId },
      body: { name: 'Left behind', scope: 'read', expiresInDays: 30 },
    });
    const program = stranger();
    program.token = secret;
    const ask = async () => [
      (await leaver.call(routes.session)).status,
      (await program.call(routes.project, { params: { projectId } })).status,
    ];
    expect(await ask()).toEqual([200, 200]);
    await test.instance.services.database.prisma.user.update({
      where: { email: 'leaver@example.org' },
      data: { disabledAt: new Date() },
    });
    expect(await ask()).toEqual([401, 401]);
    const again = await stranger().call(routes.logIn, {
      body: { email: 'leaver@example.org', password: PASSWORD },
      headers: anotherDevice(),
    });
    expect(again.status).toBe(401);
  });
});

describe('a password', () => {
  it('is changed by who knows it, which ends all other sessions', async () => {
    const here = await joinAs(test, admin, projectId, 'changer@example.org', 'annotator');
    const elsewhere = await logIn('changer@example.org', PASSWORD);
    const wrong = await here.call(routes.changePassword, {
      body: { current: 'not the phrase', password: 'quite another phrase' },
      headers: anotherDevice(),
    });
    expect(wrong.status).toBe(401);
    expect((await elsewhere.call(routes.session)).status).toBe(200);
    await here.must(routes.changePassword, { body: { current: PASSWORD, password: 'quite another phrase' } });
    expect((await here.call(routes.session)).status).toBe(200);
    expect((await elsewhere.call(routes.session)).status).toBe(401);
  });

  it('of ten megabytes is refused before it is hashed', async () => {
    const begun = performance.now();
    const answer = await stranger().call(routes.logIn, {
      body: { email: 'known@example.org', password: 'x'.repeat(10 * 1024 * 1024) },
    });
    expect(answer.status).toBe(400);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('may be of 64 characters of any script', async () => {
    const client = await joinAs(test, admin, projectId, 'polyglot@example.org', 'annotator');
    const password = Array.from('密мот🗝é'.repeat(11)).slice(0, 64).join('');
    await client.must(routes.changePassword, { body: { current: PASSWORD, password } });
    await logIn('polyglot@example.org', password);
  });

  it('that everybody tries first is refused', async () => {
    const commonest = dictionary['passwords-common'].slice(0, 3_000);
    const sample = commonest.filter((_, index) => index % 60 === 0);
    expect(sample).toHaveLength(50);
    for (const password of [...sample, 'Password1', 'QWERTYUIOP', '1234567890']) {
      const answer = await stranger().call(routes.redeemReset, {
        body: { secret: 'x'.repeat(43), password },
      });
      expect([password, answer.status]).toEqual([password, 400]);
    }
  });
});

describe('a reset link', () => {
  it('is void once another one of the same person was used', async () => {
    const client = await joinAs(test, admin, projectId, 'forgetful@example.org', 'annotator');
    const first = await resetSecretOf('forgetful@example.org');
    const second = await resetSecretOf('forgetful@example.org');
    const redeem = (secret: string) =>
      stranger().call(routes.redeemReset, { body: { secret, password: 'a phrase made anew' } });
    expect((await redeem(second)).status).toBe(204);
    expect((await redeem(first)).status).toBe(410);
    expect((await redeem(second)).status).toBe(410);
    expect((await client.call(routes.session)).status).toBe(401);
    await logIn('forgetful@example.org', 'a phrase made anew');
  });

  it('leads to this service, whatever host was asked', async () => {
    const answer = await raw({
      method: 'POST',
      path: '/password-resets',
      headers: {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'content-type': 'application/json',
        ...anotherDevice(),
      },
      body: JSON.stringify({ email: 'ada@example.org' }),
    });
    expect(answer.status).toBe(202);
    const text = await mail.next('ada@example.org');
    expect(text).toContain(`${test.address}/reset/`);
    expect(text).not.toContain('evil');
  });
});

describe('whoever reads the database', () => {
  it('finds no secret that could be used, and no password', async () => {
    const cookie = (admin.cookie ?? '').replace('casebook=', '');
    const invitation = await inviteAs(admin, projectId, 'dumped@example.org', 'annotator');
    const reset = await resetSecretOf('ada@example.org');
    const { secret: token } = await admin.must(routes.makeToken, {
      params: { projectId },
      body: { name: 'Dumped', scope: 'write', expiresInDays: 1 },
    });
    const database = new pg.Client({ connectionString: test.databaseUrl });
    await database.connect();
    const tables = await database.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`,
    );
    let dump = '';
    for (const { name } of tables.rows) {
      const { rows } = await database.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS row FROM ${name} t`,
      );
      dump += rows.map(({ row }) => row).join('\n');
    }
    await database.end();
    expect(dump).toContain('dumped@example.org');
    for (const secret of [cookie, invitation, reset, token, setUpSecret, PASSWORD, 'a long enough phrase']) {
      expect(secret.length).toBeGreaterThan(10);
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
      expect(dump).not.toContain(Buffer.from(secret).toString('base64'));
    }
  });
});

describe('whoever reads the log', () => {
  it('finds no secret in it, and no line that a caller wrote', async () => {
    const { secret: token } = await admin.must(routes.makeToken, {
      params: { projectId },
      body: { name: 'Logged', scope: 'read', expiresInDays: 1 },
    });
    const port = await freePort();
    const address = `http://127.0.0.1:${String(port)}`;
    const main = fileURLToPath(new URL('apps/cli/src/main.ts', ROOT));
    const served = spawn(process.execPath, [main, 'serve', '--api-only'], {
      env: {
        ...process.env,
        PORT: String(port),
        DATABASE_URL: test.databaseUrl,
        CASEBOOK_DATA: test.environment.dataFolder,
        CASEBOOK_SECRET: test.environment.secret,
        CASEBOOK_WORKER: 'no',
        CASEBOOK_LOG: 'trace',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    for (const stream of [served.stdout, served.stderr]) {
      createInterface(stream).on('line', (line) => lines.push(line));
    }
    const ended = once(served, 'close');
    try {
      await expect
        .poll(
          () =>
            fetch(`${address}/readyz`).then(
              ({ ok }) => ok,
              () => false,
            ),
          { timeout: 20_000 },
        )
        .toBe(true);
      const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
        fetch(`${address}/api/v1${path}`, { ...init, headers });
      expect((await ask(`/projects?token=${token}`)).status).toBe(401);
      expect((await ask('/projects', { authorization: `Bearer ${token}` })).status).toBe(200);
      expect((await ask(`/projects/${token}`, { authorization: `Bearer ${token}` })).status).toBe(400);
      const logIn = await ask(
        '/session',
        { 'content-type': 'application/json' },
        {
          method: 'POST',
          body: JSON.stringify({ email: 'known@example.org', password: 'a secret\n{"level":60}' }),
        },
      );
      expect(logIn.status).toBe(401);
    } finally {
      served.kill('SIGTERM');
    }
    await ended;
    expect(lines.join('\n')).not.toContain(token);
    expect(lines.join('\n')).not.toContain('a secret');
    expect(lines.filter((line) => line.startsWith('{')).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.startsWith('{"level":60}'))).toEqual([]);
  });
});

describe('a body or an address', () => {
  const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    raw({
      method: 'POST',
      path: '/session',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      body,
    });

  it.each([
    '{"email":"a@example.org","password":"x","__proto__":{"isAdmin":true}}',
    '{"email":"a@example.org","password":"x","constructor":{"prototype":{"isAdmin":true}}}',
    '{"email":{"__proto__":{"x":1}},"password":"x"}',
    '{"email":"a@example.org","password":"x","userId":"01900000-0000-7000-8000-000000000000"}',
    '{"email":["a@example.org"],"password":"x"}',
    '{"email":"a@example.org","password":{"length":8}}',
    '[]',
    'null',
    '"text"',
    '{',
    '',
  ])('is not taken as %s', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(Object.prototype).not.toHaveProperty('isAdmin');
  });

  it.each([
    'application/json\t; charset=utf-8',
    'application/\tjson',
    'text/plain',
    'application/x-www-form-urlencoded',
    'garbage',
    'application/json-but-not-really',
  ])('is not read as %j', async (type) => {
    const answer = await post('{"email":"a@example.org","password":"x"}', { 'content-type': type });
    expect(answer.status).toBe(415);
  });

  it.each([
    'limit=1&limit=2',
    'limit[]=1',
    'limit=1;2',
    'cursor=%00',
    'sort=user.passwordHash',
    '__proto__=1',
  ])('is not asked with %s', async (query) => {
    const response = await admin.fetch(`/projects/${projectId}/audit?${query}`);
    expect(response.status).toBe(400);
  });

  it('takes quotes and comments of SQL as the text they are', async () => {
    const text = `'; DROP TABLE "Project"; -- \\' " $1 %s \``;
    const own = await admin.must(routes.makeProject, { body: { name: text, description: text } });
    expect(own).toMatchObject({ name: text.trim(), description: text.trim() });
    const params = { projectId: own.id };
    const { markdown } = await admin.must(routes.writeGuideline, {
      params,
      body: { markdown: text, note: text },
    });
    expect(markdown).toBe(text);
    const { token } = await admin.must(routes.makeToken, {
      params,
      body: { name: text, scope: 'read', expiresInDays: 1 },
    });
    expect(token.name).toBe(text.trim());
    for (const path of [
      `/projects/${encodeURIComponent(text)}`,
      `/projects/${own.id}/audit?cursor=${encodeURIComponent(text)}`,
    ]) {
      expect((await admin.fetch(path)).status).toBe(400);
    }
    expect((await admin.must(routes.projects)).map(({ id }) => id)).toContain(own.id);
  });

  it.each([
    ['an address', `${'a.'.repeat(120)}@`],
    ['an address', `a@${'a-'.repeat(120)}`],
    ['an address', `${'a'.repeat(64)}@${'a.'.repeat(90)}!`],
    ['a long address', 'a'.repeat(500_000)],
    ['a long address', `${'@'.repeat(250_000)}${' '.repeat(250_000)}`],
  ])('that is %s made to stall a regular expression is refused in no time', async (_name, email) => {
    const begun = performance.now();
    const answer = await stranger().call(routes.requestReset, { body: { email }, headers: anotherDevice() });
    expect(answer.status).toBe(400);
    expect(performance.now() - begun).toBeLessThan(200);
  });
});

describe('another site', () => {
  it('is not allowed to read answers', async () => {
    const response = await admin.fetch('/projects', { headers: { origin: 'https://elsewhere.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('finds nothing of ours in a cache', async () => {
    for (const path of ['/projects', '/session', `/projects/${projectId}/members`]) {
      expect((await admin.fetch(path)).headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('the source', () => {
  it('may not put text into SQL: lint forbids it wherever the API is written', async () => {
    const lint = new ESLint({ cwd: fileURLToPath(ROOT) });
    const config: unknown = await lint.calculateConfigForFile('apps/api/src/projects/repository.ts');
    const { rules } = config as { rules: Record<string, unknown[]> };
    expect(rules['no-restricted-properties']).toEqual([
      2,
      expect.objectContaining({ property: '$queryRawUnsafe' }),
      expect.objectContaining({ property: '$executeRawUnsafe' }),
    ]);
  });
});
