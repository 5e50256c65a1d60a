import { routes } from '@casebook/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../support/client.ts';
import { firstAdmin } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject, memberIdOf } from '../support/people.ts';

let test: TestInstance;
let admin: TestClient;
let manager: TestClient;
let annotator: TestClient;
let projectId: string;
beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  projectId = await makeProject(admin, 'Letters');
  manager = await joinAs(test, admin, projectId, 'manager@example.org', 'manager');
  annotator = await joinAs(test, admin, projectId, 'annotator@example.org', 'annotator');
});
afterAll(async () => {
  await test.stop();
});

describe('a project', () => {
  it('is made by an admin, who manages it', async () => {
    const made = await admin.must(routes.makeProject, {
      body: { name: '  Fables ', description: 'Old ones.' },
    });
    expect(made).toMatchObject({
      name: 'Fables',
      description: 'Old ones.',
      role: 'manager',
      counts: { members: 1, collections: 0, tasks: 0, judgements: 0 },
    });
    expect(await admin.must(routes.project, { params: { projectId: made.id } })).toEqual(made);
    expect(await memberIdOf(admin, made.id, 'ada@example.org')).toBeTypeOf('string');
    expect((await manager.call(routes.makeProject, { body: { name: 'Mine' } })).status).toBe(403);
  });

  it('is listed for its members and for admins, with the caller’s own role', async () => {
    const seen = await annotator.must(routes.projects);
    expect(seen.map(({ name, role }) => ({ name, role }))).toEqual([{ name: 'Letters', role: 'annotator' }]);
    const all = await admin.must(routes.projects);
    expect(all.map(({ name }) => name)).toEqual(['Letters', 'Fables']);

    const adminsPlace = await memberIdOf(admin, projectId, 'ada@example.org');
    await manager.must(routes.changeMember, {
      params: { projectId, memberId: adminsPlace },
      body: { disabled: true },
    });
    const still = await admin.must(routes.project, { params: { projectId } });
    expect(still.role).toBeNull();
    expect(still.counts.members).toBe(2);
  });

  it('is renamed by managers, which is written down', async () => {
    const change = { params: { projectId }, body: { description: 'Of the 18th century.' } };
    expect((await manager.must(routes.changeProject, change)).description).toBe('Of the 18th century.');
    expect((await annotator.call(routes.changeProject, change)).status).toBe(403);
    const { rows } = await manager.must(routes.audit, { params: { projectId }, query: { limit: 1 } });
    expect(rows).toMatchObject([
      { action: 'project.changed', actor: 'manager', subject: { description: 'Of the 18th century.' } },
    ]);
    expect((await manager.must(routes.changeProject, { params: { projectId }, body: {} })).name).toBe(
      'Letters',
    );
  });

  it.each(['', '   ', 'a\u202eb', 'zero\u200bwidth', 'two\nlines', 'x'.repeat(121)])(
    'is not called %j',
    async (name) => {
      expect((await admin.call(routes.makeProject, { body: { name } })).status).toBe(400);
    },
  );

  it('that is not there and one that is not shown look the same', async () => {
    const hidden = await makeProject(admin, 'Hidden');
    const missing = '01900000-0000-7000-8000-000000000000';
    const told = async (id: string) => {
      const answer = await manager.call(routes.project, { params: { projectId: id } });
      return answer.ok ? null : { ...answer.problem, requestId: '' };
    };
    expect(await told(hidden)).toMatchObject({ status: 404 });
    expect(await told(hidden)).toEqual(await told(missing));
  });
});

describe('guidelines', () => {
  it('are written by managers, version upon version, and read by all members', async () => {
    const first = await manager.must(routes.writeGuideline, {
      params: { projectId },
      body: { markdown: '# Aim\n\nFind who is *meant*.' },
    });
    expect(first).toMatchObject({ version: 1, note: null, author: 'manager' });
    expect(first.html).toContain('<em>meant</em>');
    await manager.must(routes.writeGuideline, {
      params: { projectId },
      body: { markdown: '# Aim\n\nFind who or what is meant.', note: 'Things count too.' },
    });
    const versions = await annotator.must(routes.guidelines, { params: { projectId } });
    expect(versions.map(({ version, note }) => ({ version, note }))).toEqual([
      { version: 2, note: 'Things count too.' },
      { version: 1, note: null },
    ]);
    const answer = await annotator.call(routes.writeGuideline, {
      params: { projectId },
      body: { markdown: 'x' },
    });
    expect(answer.status).toBe(403);
  });

  it('are numbered without gaps when several are written at the same time', async () => {
    const own = await makeProject(admin, 'Busy');
    const written = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        admin.must(routes.writeGuideline, { params: { projectId: own }, body: { markdown: String(index) } }),
      ),
    );
    expect(written.map(({ version }) => version).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('keep their source byte for byte and their links harmless', async () => {
    const markdown = 'a \u202eb\u202c <b onclick=x>c</b> [d](javascript:alert(1)) \u200b';
    const written = await manager.must(routes.writeGuideline, { params: { projectId }, body: { markdown } });
    expect(written.markdown).toBe(markdown);
    expect(written.html).not.toMatch(/<b|<a/u);
    expect(written.html).toContain('dir="auto"');
  });
});
