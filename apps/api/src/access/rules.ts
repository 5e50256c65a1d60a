import type { MemberId, ProjectId, Role } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { Forbidden, NotFound, TooMany } from '../errors.ts';
import type { Person, Principal } from './principal.ts';
import { countAttempt, findStanding } from './repository.ts';

/** Somebody who may do what was asked in one project. */
export interface Access {
  readonly projectId: ProjectId;
  /** Null for an instance admin who is no member. */
  readonly memberId: MemberId | null;
  /** Admins stand in every project as managers do. */
  readonly role: Role;
  readonly isAdmin: boolean;
}

export type Right = 'see' | 'read-results' | 'manage';

const RIGHTS: Readonly<Record<Right, readonly Role[]>> = {
  see: ['annotator', 'researcher', 'manager'],
  'read-results': ['researcher', 'manager'],
  manage: ['manager'],
};

const REFUSALS: Readonly<Record<Right, string>> = {
  see: 'Only members of the project may do this.',
  'read-results': 'Only researchers and managers of the project may do this.',
  manage: 'Only a manager of the project may do this.',
};

/**
 * The first line of every service method that concerns a project: who may do this?
 *
 * @throws NotFound for whoever may not know of the project, or of this side of it.
 * @throws Forbidden for a member who sees it but may not change it, and for a read-only token.
 */
export async function requireRight(
  connection: Connection,
  principal: Principal,
  projectId: ProjectId,
  right: Right,
  intent: 'read' | 'write' = right === 'manage' ? 'write' : 'read',
): Promise<Access> {
  if (principal.kind === 'token' && principal.projectId !== projectId) throw new NotFound();
  const standing = await findStanding(connection, projectId, principal.userId);
  if (standing === undefined) throw new NotFound();
  const role = standing.isAdmin ? 'manager' : standing.role;
  if (role === null) throw new NotFound();
  if (principal.kind === 'token' && intent === 'write' && principal.scope !== 'write') {
    throw new Forbidden('This token may only read.');
  }
  if (!RIGHTS[right].includes(role)) {
    if (intent === 'read') throw new NotFound();
    throw new Forbidden(REFUSALS[right]);
  }
  return { projectId, memberId: standing.memberId, role, isAdmin: standing.isAdmin };
}

/** Only somebody with a browser's session: programs may not touch accounts, tokens and people. */
export function requirePerson(principal: Principal): Person {
  if (principal.kind !== 'person') throw new Forbidden('A token can’t do this; log in.');
  return principal;
}

/** Only the instance's admins. */
export function requireAdmin(principal: Principal): Person {
  const person = requirePerson(principal);
  if (!person.isAdmin) throw new Forbidden('Only an admin of this instance may do this.');
  return person;
}

/** A member who works in the project: judgements belong to a person's place there. */
export async function requireMember(
  connection: Connection,
  principal: Principal,
  projectId: ProjectId,
): Promise<Access & { readonly memberId: MemberId }> {
  const person = requirePerson(principal);
  const access = await requireRight(connection, person, projectId, 'see');
  if (access.memberId === null) throw new NotFound();
  return { ...access, memberId: access.memberId };
}

/** @throws TooMany where a key was used more often than allowed in the current window. */
export async function limitAttempts(
  connection: Connection,
  key: string,
  limit: { readonly attempts: number; readonly windowSeconds: number },
): Promise<void> {
  const attempts = await countAttempt(connection, key, limit.windowSeconds);
  if (attempts > limit.attempts) {
    const left = limit.windowSeconds - ((Date.now() / 1000) % limit.windowSeconds);
    throw new TooMany(left);
  }
}
