import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { routes } from '@casebook/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin, TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { setupSecret, startTestInstance } from '../support/instance.ts';
import { secretIn } from '../support/people.ts';

let test: TestInstance;
beforeAll(async () => {
  test = await startTestInstance();
});
afterAll(async () => {
  await test.stop();
});

describe('the first admin', () => {
  it('is made once, however many ask at the same time', async () => {
    const secret = await setupSecret(test);
    const body = { secret, email: 'first@example.org', name: 'First', password: 'a long enough phrase' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        new TestClient(test.address).call(routes.setUp, {
          body: { ...body, email: `first${String(index)}@example.org` },
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    expect((await new TestClient(test.address).call(routes.setUpState)).status).toBe(404);
  });
});

describe('a session', () => {
  it('begins with the right password and ends at log-out', async () => {
    const winner = (await test.instance.services.database.prisma.user.findFirstOrThrow()).email;
    const client = new TestClient(test.address);
    client.cookie = 'casebook=set-before-log-in';
    const session = await client.must(routes.logIn, {
      body: { email: winner.toUpperCase(), password: 'a long enough phrase' },
    });
    expect(session.user.isAdmin).toBe(true);
    expect(client.cookie).not.toBe('casebook=set-before-log-in');
    const cookie = client.cookie;
    await client.must(routes.logOut);
    client.cookie = cookie;
    expect((await client.call(routes.session)).status).toBe(401);
  });

  it('says the same of an unknown address and of a wrong password', async () => {
    const winner = (await test.instance.services.database.prisma.user.findFirstOrThrow()).email;
    const client = new TestClient(test.address);
    const wrong = await client.call(routes.logIn, { body: { email: winner, password: 'not the phrase' } });
    const unknown = await client.call(routes.logIn, {
      body: { email: 'nobody@example.org', password: 'not the phrase' },
    });
    const told = (answer: typeof wrong) => (answer.ok ? null : { ...answer.problem, requestId: '' });
    expect(told(wrong)).toEqual(told(unknown));
    expect(wrong.status).toBe(401);
  });

  it('is refused after ten wrong tries of one device and address', async () => {
    const client = new TestClient(test.address);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const answer = await client.call(routes.logIn, {
        body: { email: 'guessed@example.org', password: `guess ${String(attempt)} of many` },
        headers: { 'x-forwarded-for': `10.0.0.${String(attempt)}` },
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  });

  it('can’t be begun from another site', async () => {
    const answer = await new TestClient(test.address).call(routes.logIn, {
      body: { email: 'first@example.org', password: 'a long enough phrase' },
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('a forgotten password where no mail is sent', () => {
  it('is told of alike for every address, and makes no link that nobody would get', async () => {
    const { prisma } = test.instance.services.database;
    const known = (await prisma.user.findFirstOrThrow()).email;
    const client = new TestClient(test.address);
    expect(await client.must(routes.resetState)).toEqual({ mails: false });
    const refusals = await Promise.all(
      [known, 'nobody@example.org'].map(async (email) => {
        const answer = await client.call(routes.requestReset, { body: { email } });
        return answer.ok ? null : { ...answer.problem, requestId: '' };
      }),
    );
    expect(refusals[0]).toMatchObject({ status: 409, type: 'urn:casebook:no-mail' });
    expect(refusals[1]).toEqual(refusals[0]);
    expect(await prisma.passwordReset.count()).toBe(0);
  });
});

describe('an admin who is locked out', () => {
  const casebook = (...words: string[]) =>
    promisify(execFile)(
      process.execPath,
      [fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url)), ...words],
      {
        env: { ...process.env, DATABASE_URL: test.databaseUrl, CASEBOOK_ORIGIN: 'https://cases.example.org' },
      },
    );

  it('makes a link in the terminal while the service runs, and is in again', async () => {
    const { prisma } = test.instance.services.database;
    const { email } = await prisma.user.findFirstOrThrow({ where: { isAdmin: true } });
    const { stdout } = await casebook('admin', 'reset-link', email.toUpperCase());
    expect(stdout).toMatch(/^https:\/\/cases\.example\.org\/reset\/[\w-]{43}\n$/u);
    const client = new TestClient(test.address);
    const body = { secret: secretIn(stdout.trim()), password: 'a phrase made anew' };
    expect((await client.call(routes.redeemReset, { body })).status).toBe(204);
    expect((await client.call(routes.redeemReset, { body })).status).toBe(410);
    await client.must(routes.logIn, { body: { email, password: 'a phrase made anew' } });
    expect(await prisma.instanceAudit.count({ where: { action: 'reset-link.made', actorId: null } })).toBe(1);
  });

  it('is told where no account has the address', async () => {
    await expect(casebook('admin', 'reset-link', 'nobody@example.org')).rejects.toMatchObject({
      code: 1,
      stderr: 'casebook admin: There is no account with the address nobody@example.org.\n',
    });
  });
});

describe('a body', () => {
  it.each([
    ['a key that reaches the prototype', '{"email":"a@example.org","password":"x","__pr\\u006fto__":{}}'],
    ['a NUL character', '{"email":"a@example.org","password":"x\\u0000"}'],
    ['a lone surrogate', '{"email":"a@example.org","password":"x\\ud800"}'],
    [
      'nesting without end',
      `{"email":"a@example.org","password":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ],
  ])('with %s is refused with 400', async (_name, body) => {
    const response = await new TestClient(test.address).fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
    expect(Object.keys((await response.json()) as object).sort()).toEqual([
      'detail',
      'requestId',
      'status',
      'title',
      'type',
    ]);
  });
});

describe('firstAdmin', () => {
  it('refuses once there is one', async () => {
    await expect(firstAdmin(test)).rejects.toThrow('admin already');
  });
});
