import type { Role } from '@casebook/contracts';
import { projectIdSchema, routes } from '@casebook/contracts';
import type { ProjectId } from '@casebook/contracts';
import { TestClient } from './client.ts';

export const PASSWORD = 'a phrase of their own';

/** A new project of an admin. */
export async function makeProject(admin: TestClient, name = 'Coreference in letters'): Promise<ProjectId> {
  const project = await admin.must(routes.makeProject, { body: { name } });
  return projectIdSchema.parse(project.id);
}

/** The secret of a fresh invitation. */
export async function inviteAs(
  manager: TestClient,
  projectId: string,
  email: string,
  role: Role,
): Promise<string> {
  const { link } = await manager.must(routes.invite, { params: { projectId }, body: { email, role } });
  return secretIn(link);
}

/** The last part of a link, which is its secret. */
export function secretIn(link: string): string {
  const secret = /\/([\w-]{40,})$/u.exec(link)?.[1];
  if (secret === undefined) throw new Error(`no secret in ${link}`);
  return secret;
}

/** Somebody new, who has accepted an invitation and is logged in. */
export async function joinAs(
  test: { readonly address: string },
  manager: TestClient,
  projectId: string,
  email: string,
  role: Role,
): Promise<TestClient> {
  const secret = await inviteAs(manager, projectId, email, role);
  const client = new TestClient(test.address);
  const name = email.replace(/@.*$/u, '');
  await client.must(routes.acceptInvitation, { body: { secret, name, password: PASSWORD } });
  return client;
}

/** A member's id, by address. */
export async function memberIdOf(manager: TestClient, projectId: string, email: string): Promise<string> {
  const members = await manager.must(routes.members, { params: { projectId } });
  const member = members.find((candidate) => candidate.email === email);
  if (member === undefined) throw new Error(`${email} is no member`);
  return member.id;
}
