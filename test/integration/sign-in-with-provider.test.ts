import { routes, streams } from '@casebook/contracts';
import type { ProjectId } from '@casebook/contracts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handAdminLink } from '../../apps/api/src/session/service.ts';
import { freePort } from '../support/api-process.ts';
import { firstAdmin, TestClient } from '../support/client.ts';
import { startTestInstance } from '../support/instance.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestProvider, Wanderer } from '../support/openid-provider.ts';
import type { TestProvider } from '../support/openid-provider.ts';
import { inviteAs, joinAs, makeProject, PASSWORD } from '../support/people.ts';

let test: TestInstance;
let provider: TestProvider;
let admin: TestClient;
let projectId: ProjectId;
let api: string;
const NAME = 'the University';

beforeAll(async () => {
  const [port, providerPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${String(port)}`;
  api = `${origin}/api/v1`;
  provider = await startTestProvider(providerPort, `${api}${streams.signedIn}`);
  const { issuer, clientId, clientSecret } = provider;
  test = await startTestInstance({
    port,
    origin,
    worker: false,
    logLevel: 'silent',
    provider: { issuer, clientId, clientSecret, name: NAME },
  });
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
});
afterAll(async () => {
  await test.stop();
  await provider.stop();
});

function departure(query: Readonly<Record<string, string>> = {}): string {
  return `${api}${streams.signIn}?${new URLSearchParams(query).toString()}`;
}

/** Where somebody ends up who logs in there as a subject, and with what session. */
async function logIn(
  subject: string,
  query: Readonly<Record<string, string>> = {},
): Promise<{ readonly landed: string; readonly client: TestClient; readonly browser: Wanderer }> {
  const browser = new Wanderer();
  const back = await browser.logInAt(provider, departure(query), subject);
  const landing = await browser.get(back);
  const client = new TestClient(test.address);
  const session = browser.cookies.get('casebook');
  client.cookie = session === undefined ? undefined : `casebook=${session}`;
  return { landed: landing.headers.get('location') ?? '', client, browser };
}

async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const connection = new pg.Client({ connectionString: test.databaseUrl });
  await connection.connect();
  try {
    return (await connection.query<Row>(sql, values)).rows;
  } finally {
    await connection.end();
  }
}

describe('an instance with an OpenID provider', () => {
  it('says which ways lead in', async () => {
    const client = new TestClient(test.address);
    expect(await client.must(routes.signInWays)).toEqual({ passwords: true, provider: { name: NAME } });
  });

  it('lets an invited person in under the invited address, and makes the account', async () => {
    provider.people.set('s-mina', { email: 'Mina@Example.org', email_verified: true, name: 'Mina Harker' });
    const invitation = await inviteAs(admin, projectId, 'mina@example.org', 'annotator');
    const { landed, client } = await logIn('s-mina', { invitation });
    expect(landed).toBe('/');
    const session = await client.must(routes.session);
    expect(session.user).toMatchObject({ email: 'mina@example.org', name: 'Mina Harker', isAdmin: false });
    expect(session.memberships).toMatchObject([{ projectId, role: 'annotator' }]);
  });

  it('knows a person again by the provider’s own identifier, whatever the address is by then', async () => {
    provider.people.set('s-mina', { email: 'mina.murray@example.org', email_verified: true });
    const { client } = await logIn('s-mina');
    expect((await client.must(routes.session)).user.email).toBe('mina@example.org');
  });

  it('opens the account of a verified address, and writes down that the two belong together', async () => {
    await joinAs(test, admin, projectId, 'lucy@example.org', 'annotator');
    provider.people.set('s-lucy', { email: 'lucy@example.org', email_verified: true });
    const { client } = await logIn('s-lucy');
    const { user } = await client.must(routes.session);
    expect(user.email).toBe('lucy@example.org');
    const linked = await query<{ subject: unknown }>(
      `SELECT "subject" FROM "InstanceAudit" WHERE "action" = 'identity.linked' AND "actorId" = $1`,
      [user.id],
    );
    expect(linked).toEqual([{ subject: { issuer: provider.issuer } }]);
  });

  it('goes on to the page that was asked for, and to no other site', async () => {
    const { landed } = await logIn('s-lucy', { next: `/projects/${projectId}?tab=people` });
    expect(landed).toBe(`/projects/${projectId}?tab=people`);
    for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])
      expect((await logIn('s-lucy', { next })).landed, next).toBe('/');
  });

  it('ends the session that the browser had', async () => {
    const first = await logIn('s-lucy');
    const again = await first.browser.logInAt(provider, departure(), 's-lucy');
    await first.browser.get(again);
    expect((await first.client.call(routes.session)).status).toBe(401);
  });
});

describe('whoever is turned away gets no session', () => {
  async function refused(subject: string, asked: Readonly<Record<string, string>> = {}): Promise<string> {
    const { landed, browser } = await logIn(subject, asked);
    expect(browser.cookies.has('casebook')).toBe(false);
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('casebook'))).toEqual([]);
    return landed;
  }

  it('without an invitation', async () => {
    provider.people.set('s-renfield', { email: 'renfield@example.org', email_verified: true });
    expect(await refused('s-renfield')).toBe('/login?refused=nobody-invited');
  });

  it('with an address that the provider has not verified, though it is an account’s', async () => {
    provider.people.set('s-thief', { email: 'ada@example.org', email_verified: false });
    expect(await refused('s-thief')).toBe('/login?refused=unverified');
    provider.people.set('s-thief', { email: 'ada@example.org' });
    expect(await refused('s-thief')).toBe('/login?refused=unverified');
  });

  it('with an invitation for another address, which stays open', async () => {
    const invitation = await inviteAs(admin, projectId, 'quincey@example.org', 'annotator');
    expect(await refused('s-renfield', { invitation })).toBe(
      `/invitations/${invitation}?refused=other-address`,
    );
    provider.people.set('s-quincey', { email: 'quincey@example.org', email_verified: true });
    expect((await logIn('s-quincey', { invitation })).landed).toBe('/');
  });

  it('with an invitation that was used', async () => {
    const invitation = await inviteAs(admin, projectId, 'jack@example.org', 'annotator');
    provider.people.set('s-jack', { email: 'jack@example.org', email_verified: true });
    await logIn('s-jack', { invitation });
    expect(await refused('s-jack', { invitation })).toBe(
      `/invitations/${invitation}?refused=invitation-gone`,
    );
  });

  it('with an account that was disabled', async () => {
    provider.people.set('s-art', { email: 'art@example.org', email_verified: true });
    await joinAs(test, admin, projectId, 'art@example.org', 'annotator');
    await query(`UPDATE "User" SET "disabledAt" = now() WHERE "email" = 'art@example.org'`);
    expect(await refused('s-art')).toBe('/login?refused=disabled');
  });

  it('where the person calls it off at the provider', async () => {
    const browser = new Wanderer();
    const leaving = await browser.get(departure());
    const state = new URL(leaving.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const parameters = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer });
    const landing = await browser.get(`${api}${streams.signedIn}?${parameters.toString()}`);
    expect(landing.headers.get('location')).toBe('/login?refused=declined');
  });

  it('where another browser comes back than left', async () => {
    const back = await new Wanderer().logInAt(provider, departure(), 's-lucy');
    const landing = await new Wanderer().get(back);
    expect(landing.headers.get('location')).toBe('/login?refused=too-late');
  });

  it('where the state is of another departure', async () => {
    const browser = new Wanderer();
    const back = new URL(await browser.logInAt(provider, departure(), 's-lucy'));
    back.searchParams.set('state', 'of somebody else');
    const landing = await browser.get(back.href);
    expect(landing.headers.get('location')).toBe('/login?refused=failed');
    expect(browser.cookies.has('casebook')).toBe(false);
  });

  it('where a code is redeemed a second time', async () => {
    const browser = new Wanderer();
    const back = await browser.logInAt(provider, departure(), 's-lucy');
    const journey = browser.cookies.get('casebook-journey') ?? '';
    await browser.get(back);
    const other = new Wanderer();
    other.cookies.set('casebook-journey', journey);
    const landing = await other.get(back);
    expect(landing.headers.get('location')).toBe('/login?refused=failed');
    expect(other.cookies.has('casebook')).toBe(false);
  });
});

describe('an instance without passwords', () => {
  it('lets an admin of the terminal’s making in with the provider, and nobody by a password', async () => {
    const { issuer, clientId, clientSecret } = provider;
    const settings = { issuer, clientId, clientSecret, name: NAME };
    const strict = await startTestInstance({
      databaseUrl: test.databaseUrl,
      origin: test.address,
      worker: false,
      provider: settings,
      passwords: false,
    });
    try {
      const client = new TestClient(strict.address);
      expect(await client.must(routes.signInWays)).toEqual({ passwords: false, provider: { name: NAME } });
      const secret = await inviteAs(admin, projectId, 'van@example.org', 'annotator');
      const token = 'x'.repeat(43);
      const refusals = await Promise.all([
        client.call(routes.logIn, { body: { email: 'lucy@example.org', password: PASSWORD } }),
        client.call(routes.acceptInvitation, { body: { secret, name: 'Van', password: PASSWORD } }),
        client.call(routes.requestReset, { body: { email: 'lucy@example.org' } }),
        client.call(routes.redeemReset, { body: { secret: token, password: PASSWORD } }),
        client.call(routes.setUp, {
          body: { secret: token, email: 'me@example.org', name: 'Me', password: PASSWORD },
        }),
      ]);
      for (const refusal of refusals)
        expect(refusal).toMatchObject({ status: 409, problem: { type: 'urn:casebook:no-passwords' } });
    } finally {
      await strict.stop();
    }
    const person = { email: 'head@example.org', name: 'Head' };
    const { prisma } = test.instance.services.database;
    expect(await handAdminLink(prisma, person, test.address)).toMatchObject({ made: true });
    provider.people.set('s-head', { email: 'head@example.org', email_verified: true });
    const { client } = await logIn('s-head');
    expect((await client.must(routes.session)).user.isAdmin).toBe(true);
  });
});

describe('a provider that can’t be reached', () => {
  it('is said to be so, and is asked again once it is back', async () => {
    const [port, providerPort] = [await freePort(), await freePort()];
    const origin = `http://127.0.0.1:${String(port)}`;
    const lonely = await startTestInstance({
      databaseUrl: test.databaseUrl,
      port,
      origin,
      worker: false,
      logLevel: 'silent',
      provider: {
        issuer: `http://127.0.0.1:${String(providerPort)}`,
        clientId: provider.clientId,
        clientSecret: provider.clientSecret,
        name: NAME,
      },
    });
    const address = `${origin}/api/v1${streams.signIn}`;
    try {
      const turned = await new Wanderer().get(address);
      expect(turned.headers.get('location')).toBe('/login?refused=unreachable');
      const back = await startTestProvider(providerPort, `${origin}/api/v1${streams.signedIn}`);
      try {
        const sent = await new Wanderer().get(address);
        expect(sent.headers.get('location')).toMatch(new RegExp(`^${back.issuer}/auth\\?`, 'u'));
      } finally {
        await back.stop();
      }
    } finally {
      await lonely.stop();
    }
  });
});

describe('an instance without a provider', () => {
  it('has nothing at its addresses', async () => {
    const plain = await startTestInstance({ databaseUrl: test.databaseUrl, worker: false });
    try {
      for (const path of [streams.signIn, streams.signedIn])
        expect((await fetch(`${plain.address}/api/v1${path}`, { redirect: 'manual' })).status).toBe(404);
    } finally {
      await plain.stop();
    }
  });
});
