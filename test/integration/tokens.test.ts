import { createHash } from 'node:crypto';
import { routes } from '@casebook/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin, TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject, memberIdOf, PASSWORD } from '../support/people.ts';

let test: TestInstance;
let admin: TestClient;
let manager: TestClient;
let researcher: TestClient;
let projectId: string;
let otherProjectId: string;
beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  projectId = await makeProject(admin, 'Letters');
  otherProjectId = await makeProject(admin, 'Fables');
  manager = await joinAs(test, admin, projectId, 'manager@example.org', 'manager');
  researcher = await joinAs(test, admin, projectId, 'researcher@example.org', 'researcher');
});
afterAll(async () => {
  await test.stop();
});

const make = (owner: TestClient, scope: 'read' | 'write', project = projectId) =>
  owner.must(routes.makeToken, {
    params: { projectId: project },
    body: { name: `A ${scope} token`, scope, expiresInDays: 30 },
  });

function bearer(secret: string): TestClient {
  const client = new TestClient(test.address);
  client.token = secret;
  return client;
}

describe('a token', () => {
  it('is shown once; what is kept can’t be used', async () => {
    const { token, secret } = await make(researcher, 'read');
    expect(secret).toMatch(/^cbk_[\w-]{43}$/u);
    expect(token).toMatchObject({ name: 'A read token', scope: 'read', lastUsedAt: null, revoked: false });
    const days = (Date.parse(token.expiresAt) - Date.parse(token.createdAt)) / 86_400_000;
    expect(days).toBeCloseTo(30, 3);

    await bearer(secret).must(routes.project, { params: { projectId } });
    const listed = await researcher.must(routes.tokens, { params: { projectId } });
    expect(listed.map(({ id }) => id)).toEqual([token.id]);
    expect(listed[0]?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(listed)).not.toContain(secret);

    const kept = await test.instance.services.database.prisma.apiToken.findUniqueOrThrow({
      where: { id: token.id },
    });
    expect(Buffer.from(kept.secretHash)).toEqual(createHash('sha256').update(secret).digest());
    const hash = Buffer.from(kept.secretHash);
    for (const guess of [
      hash.toString('hex'),
      hash.toString('base64url'),
      `cbk_${hash.toString('base64url')}`,
    ]) {
      expect((await bearer(guess).call(routes.project, { params: { projectId } })).status).toBe(401);
    }
  });

  it('that may read only does not write', async () => {
    const { secret } = await make(manager, 'read');
    const change = { params: { projectId }, body: { description: 'changed' } };
    expect((await bearer(secret).call(routes.changeProject, change)).status).toBe(403);
    expect((await bearer(secret).call(routes.project, { params: { projectId } })).status).toBe(200);
    const { secret: writing } = await make(manager, 'write');
    expect((await bearer(writing).call(routes.changeProject, change)).status).toBe(200);
  });

  it('can’t do more than its owner can do at that moment', async () => {
    const { secret } = await make(manager, 'write');
    const { secret: researching } = await make(researcher, 'write');
    const change = { params: { projectId }, body: { description: 'changed again' } };
    expect((await bearer(researching).call(routes.changeProject, change)).status).toBe(403);
    const memberId = await memberIdOf(admin, projectId, 'manager@example.org');
    await admin.must(routes.changeMember, { params: { projectId, memberId }, body: { role: 'annotator' } });
    expect((await bearer(secret).call(routes.changeProject, change)).status).toBe(403);
    await admin.must(routes.changeMember, { params: { projectId, memberId }, body: { disabled: true } });
    expect((await bearer(secret).call(routes.project, { params: { projectId } })).status).toBe(404);
    await admin.must(routes.changeMember, {
      params: { projectId, memberId },
      body: { disabled: false, role: 'manager' },
    });
  });

  it('of one project finds nothing in another, even of an admin', async () => {
    const { secret } = await make(admin, 'write');
    const client = bearer(secret);
    expect((await client.must(routes.projects)).map(({ id }) => id)).toEqual([projectId]);
    for (const route of [
      routes.project,
      routes.guidelines,
      routes.members,
      routes.invitations,
      routes.audit,
    ]) {
      expect((await client.call(route, { params: { projectId: otherProjectId } })).status).toBe(404);
    }
    const change = await client.call(routes.changeProject, {
      params: { projectId: otherProjectId },
      body: { name: 'Mine' },
    });
    expect(change.status).toBe(404);
  });

  it('is worth nothing once it is revoked or has expired', async () => {
    const revoked = await make(researcher, 'read');
    const at = { params: { projectId, tokenId: revoked.token.id } };
    await researcher.must(routes.revokeToken, at);
    await researcher.must(routes.revokeToken, at);
    expect((await bearer(revoked.secret).call(routes.project, { params: { projectId } })).status).toBe(401);

    const expired = await make(researcher, 'read');
    await test.instance.services.database.prisma.apiToken.update({
      where: { id: expired.token.id },
      data: { expiresAt: new Date(0) },
    });
    expect((await bearer(expired.secret).call(routes.project, { params: { projectId } })).status).toBe(401);
  });

  it('is nobody else’s to see or to revoke', async () => {
    const { token } = await make(researcher, 'read');
    const listed = await manager.must(routes.tokens, { params: { projectId } });
    expect(listed.map(({ id }) => id)).not.toContain(token.id);
    const there = await manager.call(routes.revokeToken, { params: { projectId, tokenId: token.id } });
    expect(there.status).toBe(404);
    const elsewhere = await admin.call(routes.revokeToken, {
      params: { projectId: otherProjectId, tokenId: token.id },
    });
    expect(elsewhere.status).toBe(404);
  });

  it('makes no tokens, invites nobody and leaves its owner’s account alone', async () => {
    const { secret, token } = await make(manager, 'write');
    const client = bearer(secret);
    const memberId = await memberIdOf(admin, projectId, 'researcher@example.org');
    const answers = [
      await client.call(routes.makeToken, {
        params: { projectId },
        body: { name: 'Another', scope: 'write', expiresInDays: 366 },
      }),
      await client.call(routes.revokeToken, { params: { projectId, tokenId: token.id } }),
      await client.call(routes.invite, {
        params: { projectId },
        body: { email: 'friend@example.org', role: 'manager' },
      }),
      await client.call(routes.changeMember, { params: { projectId, memberId }, body: { role: 'manager' } }),
      await client.call(routes.changePassword, { body: { current: PASSWORD, password: 'taken over by me' } }),
      await client.call(routes.makeProject, { body: { name: 'Mine' } }),
      await client.call(routes.session),
      await client.call(routes.logOut),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
  });

  it('is for researchers and managers, and for a year at most', async () => {
    const annotator = await joinAs(test, admin, projectId, 'annotator@example.org', 'annotator');
    const body = { name: 'Mine', scope: 'read' as const, expiresInDays: 30 };
    expect((await annotator.call(routes.makeToken, { params: { projectId }, body })).status).toBe(403);
    expect((await annotator.call(routes.tokens, { params: { projectId } })).status).toBe(404);
    for (const expiresInDays of [0, 367, 1.5]) {
      const answer = await researcher.call(routes.makeToken, {
        params: { projectId },
        body: { ...body, expiresInDays },
      });
      expect(answer.status).toBe(400);
    }
  });

  it('is written down when it is made and when it is revoked', async () => {
    const own = await makeProject(admin, 'Watched');
    const { token } = await make(admin, 'read', own);
    const at = { params: { projectId: own, tokenId: token.id } };
    await admin.must(routes.revokeToken, at);
    await admin.must(routes.revokeToken, at);
    const { rows } = await admin.must(routes.audit, { params: { projectId: own } });
    expect(rows.map(({ action, subject }) => [action, subject['tokenId']])).toEqual([
      ['token.revoked', token.id],
      ['token.made', token.id],
      ['project.made', undefined],
    ]);
  });

  it('in an address is refused, whatever else is sent', async () => {
    const { secret } = await make(researcher, 'read');
    for (const name of ['token', 'access_token']) {
      const response = await researcher.fetch(`/projects/${projectId}?${name}=${secret}`);
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain(secret);
    }
  });
});

describe('a program that has an answer already', () => {
  it('is told so by 304 until something changes, and never in place of being refused', async () => {
    const { token, secret } = await make(manager, 'write');
    const program = bearer(secret);
    const path = `/projects/${projectId}`;
    const first = await program.fetch(path);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"/u);
    const ask = () => program.fetch(path, { headers: { 'if-none-match': tag } });
    const again = await ask();
    expect([again.status, await again.text()]).toEqual([304, '']);

    await program.must(routes.changeProject, {
      params: { projectId },
      body: { description: 'something else' },
    });
    expect((await ask()).status).toBe(200);

    await manager.must(routes.revokeToken, { params: { projectId, tokenId: token.id } });
    const refused = await program.fetch(path, { headers: { 'if-none-match': '*' } });
    expect(refused.status).toBe(401);
  });
});
