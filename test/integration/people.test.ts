import { routes } from '@casebook/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin, TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import type { MailCatcher } from '../support/mail.ts';
import { catchMail } from '../support/mail.ts';
import { inviteAs, joinAs, makeProject, memberIdOf, PASSWORD, secretIn } from '../support/people.ts';

let mail: MailCatcher;
let test: TestInstance;
let admin: TestClient;
let projectId: string;
beforeAll(async () => {
  mail = await catchMail();
  test = await startTestInstance({ smtpUrl: mail.url });
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
});
afterAll(async () => {
  await test.stop();
  await mail.stop();
});

const stranger = () => new TestClient(test.address);
const actionsOf = async (id: string) =>
  (await admin.must(routes.audit, { params: { projectId: id } })).rows.map((row) => row.action);
const accountsOf = (email: string) => test.instance.services.database.prisma.user.count({ where: { email } });

/** What an error says, without what differs from request to request. */
async function refusalOf(client: TestClient, secret: string) {
  const answer = await client.call(routes.acceptInvitation, {
    body: { secret, name: 'Late', password: PASSWORD },
  });
  if (answer.ok) throw new Error('the invitation was still good');
  return { ...answer.problem, requestId: '' };
}

describe('an invitation', () => {
  it('is shown once, mailed, and leads into the project under the invited address', async () => {
    const invited = await admin.must(routes.invite, {
      params: { projectId },
      body: { email: 'Eve@Example.org', role: 'annotator' },
    });
    expect(invited.mailed).toBe(true);
    expect(invited.link.startsWith(`${test.address}/invitations/`)).toBe(true);
    expect(await mail.next('eve@example.org')).toContain(invited.link);

    const secret = secretIn(invited.link);
    const preview = await stranger().must(routes.invitationPreview, { body: { secret } });
    expect(preview).toEqual({
      projectName: 'Coreference in letters',
      role: 'annotator',
      email: 'eve@example.org',
      hasAccount: false,
    });

    const eve = stranger();
    const accepted = await eve.call(routes.acceptInvitation, {
      body: { secret, name: 'Eve', password: PASSWORD },
    });
    expect(accepted.status).toBe(201);
    const session = await eve.must(routes.session);
    expect(session.user).toMatchObject({ email: 'eve@example.org', name: 'Eve', isAdmin: false });
    expect(session.memberships).toMatchObject([{ projectId, role: 'annotator' }]);
    const list = await admin.must(routes.invitations, { params: { projectId } });
    expect(list.map(({ email, state }) => ({ email, state }))).toEqual([
      { email: 'eve@example.org', state: 'used' },
    ]);
    expect(JSON.stringify(list)).not.toContain(secret);
  });

  it('makes one account however many use it at the same time', async () => {
    const secret = await inviteAs(admin, projectId, 'crowd@example.org', 'annotator');
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const answer = await stranger().call(routes.acceptInvitation, {
          body: { secret, name: `Crowd ${String(index)}`, password: PASSWORD },
        });
        return answer.status;
      }),
    );
    expect(statuses.sort()).toEqual([201, ...Array.from({ length: 49 }, () => 410)]);
    expect(await accountsOf('crowd@example.org')).toBe(1);
    const members = await admin.must(routes.members, { params: { projectId } });
    expect(members.filter((member) => member.email === 'crowd@example.org')).toHaveLength(1);
  });

  it('says the same whether it was used, revoked, has expired or never was', async () => {
    const used = await inviteAs(admin, projectId, 'used@example.org', 'annotator');
    await stranger().must(routes.acceptInvitation, {
      body: { secret: used, name: 'Used', password: PASSWORD },
    });

    const revoked = await admin.must(routes.invite, {
      params: { projectId },
      body: { email: 'revoked@example.org', role: 'annotator' },
    });
    const toRevoke = { params: { projectId, invitationId: revoked.invitation.id } };
    await admin.must(routes.revokeInvitation, toRevoke);
    await admin.must(routes.revokeInvitation, toRevoke);

    const expired = await admin.must(routes.invite, {
      params: { projectId },
      body: { email: 'expired@example.org', role: 'annotator' },
    });
    await test.instance.services.database.prisma.invitation.updateMany({
      where: { id: expired.invitation.id },
      data: { expiresAt: new Date(0) },
    });

    const refusals = await Promise.all(
      [used, secretIn(revoked.link), secretIn(expired.link), 'x'.repeat(43)].map((secret) =>
        refusalOf(stranger(), secret),
      ),
    );
    expect(refusals[0]).toMatchObject({ status: 410, type: 'urn:casebook:gone' });
    expect(refusals).toEqual(refusals.map(() => refusals[0]));
    for (const secret of [used, secretIn(revoked.link), secretIn(expired.link)]) {
      expect((await stranger().call(routes.invitationPreview, { body: { secret } })).status).toBe(410);
    }
    expect(await accountsOf('revoked@example.org')).toBe(0);
    expect((await actionsOf(projectId)).filter((action) => action === 'invitation.revoked')).toHaveLength(1);
    const states = await admin.must(routes.invitations, { params: { projectId } });
    expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['used', 'revoked', 'expired']));
  });

  it('lets the holder of an account in with its password, and nobody else', async () => {
    const other = await makeProject(admin, 'Another project');
    const secret = await inviteAs(admin, other, 'eve@example.org', 'researcher');
    expect((await stranger().must(routes.invitationPreview, { body: { secret } })).hasAccount).toBe(true);
    const wrong = await stranger().call(routes.acceptInvitation, {
      body: { secret, name: 'Not Eve', password: 'a guess at the phrase' },
    });
    expect(wrong.status).toBe(401);
    const eve = stranger();
    await eve.must(routes.acceptInvitation, { body: { secret, password: PASSWORD } });
    const session = await eve.must(routes.session);
    expect(session.user.name).toBe('Eve');
    expect(session.memberships.map(({ role }) => role).sort()).toEqual(['annotator', 'researcher']);
    expect(await accountsOf('eve@example.org')).toBe(1);
  });

  it('asks somebody new for a name and for a password that is not on every list', async () => {
    const secret = await inviteAs(admin, projectId, 'nameless@example.org', 'annotator');
    const nameless = await stranger().call(routes.acceptInvitation, { body: { secret, password: PASSWORD } });
    expect(nameless.status).toBe(422);
    const common = await stranger().call(routes.acceptInvitation, {
      body: { secret, name: 'Nameless', password: 'password1' },
    });
    expect(common.status).toBe(400);
    expect((await stranger().call(routes.invitationPreview, { body: { secret } })).status).toBe(200);
  });

  it('gives no more than it says: a role in the acceptance is refused', async () => {
    const secret = await inviteAs(admin, projectId, 'climber@example.org', 'annotator');
    const response = await stranger().fetch('/invitations/acceptance', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret, name: 'Climber', password: PASSWORD, role: 'admin' }),
    });
    expect(response.status).toBe(400);
    expect(await accountsOf('climber@example.org')).toBe(0);
  });

  it('is not made twice for one address, however it is written', async () => {
    await inviteAs(admin, projectId, 'twice@example.org', 'annotator');
    const invite = (email: string) =>
      admin.call(routes.invite, { params: { projectId }, body: { email, role: 'annotator' } });
    expect((await invite('twice@example.org')).status).toBe(409);
    expect((await invite('TWICE@example.org')).status).toBe(409);
    expect((await invite('ｔｗｉｃｅ@example.org')).status).toBe(409);
    expect((await invite('eve@example.org')).status).toBe(409);
    // A Cyrillic letter that looks like the Latin one: such addresses are not taken at all.
    expect((await invite('twісe@example.org')).status).toBe(400);
  });

  it('is made once of many wishes at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        admin.call(routes.invite, {
          params: { projectId },
          body: { email: 'rush@example.org', role: 'manager' },
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });

  it('is made and revoked by managers only', async () => {
    const annotator = await joinAs(test, admin, projectId, 'ann@example.org', 'annotator');
    const answer = await annotator.call(routes.invite, {
      params: { projectId },
      body: { email: 'friend@example.org', role: 'manager' },
    });
    expect(answer.status).toBe(403);
    expect((await annotator.call(routes.invitations, { params: { projectId } })).status).toBe(404);
  });
});

describe('a member', () => {
  it('loses a right with the next request', async () => {
    const mona = await joinAs(test, admin, projectId, 'mona@example.org', 'manager');
    const memberId = await memberIdOf(admin, projectId, 'mona@example.org');
    expect((await mona.call(routes.members, { params: { projectId } })).status).toBe(200);
    await admin.must(routes.changeMember, { params: { projectId, memberId }, body: { role: 'annotator' } });
    expect((await mona.call(routes.members, { params: { projectId } })).status).toBe(404);
    expect((await mona.call(routes.project, { params: { projectId } })).status).toBe(200);
    await admin.must(routes.changeMember, { params: { projectId, memberId }, body: { disabled: true } });
    expect((await mona.call(routes.project, { params: { projectId } })).status).toBe(404);
    expect((await mona.must(routes.session)).memberships).toEqual([]);
    await admin.must(routes.changeMember, { params: { projectId, memberId }, body: { disabled: false } });
    expect((await mona.call(routes.project, { params: { projectId } })).status).toBe(200);
  });

  it('who manages a project alone can’t leave it without a manager', async () => {
    const own = await makeProject(admin, 'Left alone');
    const one = await joinAs(test, admin, own, 'one@example.org', 'manager');
    const adminsPlace = await memberIdOf(admin, own, 'ada@example.org');
    await one.must(routes.changeMember, {
      params: { projectId: own, memberId: adminsPlace },
      body: { disabled: true },
    });

    const place = await memberIdOf(admin, own, 'one@example.org');
    for (const body of [{ role: 'annotator' as const }, { disabled: true }]) {
      const answer = await one.call(routes.changeMember, {
        params: { projectId: own, memberId: place },
        body,
      });
      expect(answer.status).toBe(409);
    }
    expect(await memberIdOf(one, own, 'one@example.org')).toBe(place);
  });

  it('remains of two managers who would demote each other at the same time', async () => {
    const own = await makeProject(admin, 'Two of them');
    const first = await joinAs(test, admin, own, 'duel1@example.org', 'manager');
    const second = await joinAs(test, admin, own, 'duel2@example.org', 'manager');
    const places = await Promise.all(
      ['ada@example.org', 'duel1@example.org', 'duel2@example.org'].map((email) =>
        memberIdOf(admin, own, email),
      ),
    );
    const change = (client: TestClient, memberId: string | undefined) =>
      client.call(routes.changeMember, {
        params: { projectId: own, memberId: memberId ?? '' },
        body: { role: 'annotator' },
      });
    await admin.must(routes.changeMember, {
      params: { projectId: own, memberId: places[0] ?? '' },
      body: { disabled: true },
    });
    await Promise.all([change(first, places[2]), change(second, places[1])]);
    const members = await admin.must(routes.members, { params: { projectId: own } });
    expect(members.filter((member) => member.role === 'manager' && !member.disabled)).toHaveLength(1);
  });

  it('of another project is not found', async () => {
    const other = await makeProject(admin, 'Elsewhere');
    const memberId = await memberIdOf(admin, projectId, 'eve@example.org');
    const answer = await admin.call(routes.changeMember, {
      params: { projectId: other, memberId },
      body: { role: 'manager' },
    });
    expect(answer.status).toBe(404);
  });
});

describe('what is done to people', () => {
  it('is written down, one row a deed, newest first, page by page', async () => {
    const own = await makeProject(admin, 'Watched');
    await joinAs(test, admin, own, 'watched@example.org', 'annotator');
    const memberId = await memberIdOf(admin, own, 'watched@example.org');
    const change = (body: { role?: 'researcher' | 'annotator'; disabled?: boolean }) =>
      admin.must(routes.changeMember, { params: { projectId: own, memberId }, body });
    await change({ role: 'researcher' });
    await change({ role: 'researcher' });
    await change({ disabled: true, role: 'annotator' });
    await change({ disabled: false });
    await change({});
    expect((await actionsOf(own)).reverse()).toEqual([
      'project.made',
      'invitation.made',
      'invitation.accepted',
      'member.role-changed',
      'member.role-changed',
      'member.disabled',
      'member.enabled',
    ]);

    const first = await admin.must(routes.audit, { params: { projectId: own }, query: { limit: 4 } });
    const second = await admin.must(routes.audit, {
      params: { projectId: own },
      query: { limit: 4, cursor: first.next ?? '' },
    });
    expect(first.rows).toHaveLength(4);
    expect(second.rows.map((row) => row.action)).toEqual([
      'invitation.accepted',
      'invitation.made',
      'project.made',
    ]);
    expect(second.next).toBeNull();
    expect(second.rows[0]?.actor).toBe('watched');
    const of = async (query: Record<string, string>): Promise<string[]> =>
      (await admin.must(routes.audit, { params: { projectId: own }, query })).rows.map(
        ({ action }) => action,
      );
    expect(await of({ action: 'invitation' })).toEqual(['invitation.accepted', 'invitation.made']);
    expect(await of({ action: 'member.enabled' })).toEqual(['member.enabled']);
    const accepted = second.rows[0]?.at ?? '';
    expect(await of({ before: accepted })).toEqual(['invitation.made', 'project.made']);
    expect(await of({ from: accepted, action: 'invitation' })).toEqual(['invitation.accepted']);
    const table = await admin.fetch(`/projects/${own}/audit.csv?action=invitation`);
    const lines = (await table.text()).trimEnd().split(/\r?\n/u);
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(lines[0]).toBe('id,at,actor,action,subject');
    expect(lines.slice(1).map((line) => line.split(',').slice(1, 4))).toEqual(
      second.rows.slice(0, 2).map(({ at, actor, action }) => [at, actor, action]),
    );
    const odd = await admin.call(routes.audit, { params: { projectId: own }, query: { cursor: 'nowhere' } });
    expect(odd.status).toBe(400);
  });
});

describe('a reset link', () => {
  const linkFor = async (client: TestClient, id: string, email: string) =>
    client.call(routes.makeResetLink, {
      params: { projectId: id, memberId: await memberIdOf(admin, id, email) },
    });
  const redeem = (link: string, password: string) =>
    stranger().call(routes.redeemReset, { body: { secret: secretIn(link), password } });
  const logIn = (email: string, password: string) =>
    stranger().call(routes.logIn, { body: { email, password } });

  it('is made by a manager, shown once, works once, and is written down without its secret', async () => {
    const own = await makeProject(admin, 'Forgetful');
    const chief = await joinAs(test, admin, own, 'chief@example.org', 'manager');
    const member = await joinAs(test, admin, own, 'lapse@example.org', 'annotator');
    const made = await linkFor(chief, own, 'lapse@example.org');
    if (!made.ok) throw new Error(made.problem.detail);
    const { link } = made.body;
    expect(link.startsWith(`${test.address}/reset/`)).toBe(true);
    const resets = await test.instance.services.database.prisma.passwordReset.findMany({
      where: { user: { email: 'lapse@example.org' } },
    });
    expect(resets).toHaveLength(1);
    expect(Buffer.from(resets[0]?.secretHash ?? []).toString('base64url')).not.toBe(secretIn(link));
    const { rows } = await admin.must(routes.audit, { params: { projectId: own } });
    expect(rows[0]).toMatchObject({ action: 'reset-link.made', actor: 'chief' });
    expect(JSON.stringify(rows)).not.toContain(secretIn(link));

    expect((await redeem(link, 'a phrase made anew')).status).toBe(204);
    expect((await redeem(link, 'another phrase yet')).status).toBe(410);
    expect((await member.call(routes.session)).status).toBe(401);
    expect((await logIn('lapse@example.org', PASSWORD)).status).toBe(401);
    expect((await logIn('lapse@example.org', 'a phrase made anew')).status).toBe(200);
  });

  it('gives a manager no hold on admins nor on those who work elsewhere, which an admin has', async () => {
    const own = await makeProject(admin, 'Within reach');
    const elsewhere = await makeProject(admin, 'Out of reach');
    const chief = await joinAs(test, admin, own, 'reach@example.org', 'manager');
    await joinAs(test, admin, own, 'both@example.org', 'annotator');
    const secret = await inviteAs(admin, elsewhere, 'both@example.org', 'annotator');
    const before = await linkFor(chief, own, 'both@example.org');
    if (!before.ok) throw new Error(before.problem.detail);
    await stranger().must(routes.acceptInvitation, { body: { secret, password: PASSWORD } });

    // The link that was made before would lead into the other project now.
    expect((await redeem(before.body.link, 'a phrase made anew')).status).toBe(410);
    expect((await linkFor(chief, own, 'both@example.org')).status).toBe(403);
    expect((await linkFor(chief, own, 'ada@example.org')).status).toBe(403);
    // Having left the other project does not change whose account it is.
    await admin.must(routes.changeMember, {
      params: { projectId: elsewhere, memberId: await memberIdOf(admin, elsewhere, 'both@example.org') },
      body: { disabled: true },
    });
    expect((await linkFor(chief, own, 'both@example.org')).status).toBe(403);
    expect((await linkFor(admin, own, 'both@example.org')).status).toBe(201);
  });

  it('is made for nobody by themselves: a borrowed browser must not be enough', async () => {
    const own = await makeProject(admin, 'Borrowed');
    const chief = await joinAs(test, admin, own, 'borrowed@example.org', 'manager');
    expect((await linkFor(chief, own, 'borrowed@example.org')).status).toBe(409);
    expect((await linkFor(admin, own, 'ada@example.org')).status).toBe(409);
  });
});
