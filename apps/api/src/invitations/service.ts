import { invitationIdSchema, memberIdSchema } from '@casebook/contracts';
import type { Invitation, InvitationId, ProjectId, Role } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { limitAttempts, requirePerson, requireRight } from '../access/rules.ts';
import { hashOfSecret, makeSecret } from '../access/secrets.ts';
import { recordInInstance, recordInProject } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { lockProject } from '../database/lock-project.ts';
import { Conflict, Gone, NotFound, Unprocessable } from '../errors.ts';
import { postMail } from '../mail/post.ts';
import type { Services } from '../services.ts';
import { hashPassword } from '../session/passwords.ts';
import { voidResets } from '../session/repository.ts';
import type { Account } from '../session/repository.ts';
import { beginSession, checkCredentials, requirePasswords } from '../session/service.ts';
import * as repository from './repository.ts';

const DAYS = 14;
const LOOKS = { attempts: 200, windowSeconds: 900 };

export interface Invited {
  readonly invitation: Invitation;
  /** Shown once; only its hash is kept. */
  readonly link: string;
  readonly mailed: boolean;
}

/** Who was invited, in whatever state the invitation is; for managers. */
export async function listInvitations(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Invitation[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  return repository.listInvitations(prisma, projectId, undefined);
}

/**
 * Invites an address into a project, and mails the link where the instance can send mail.
 *
 * @throws Conflict where the address belongs to a member, or to an invitation that is still open.
 */
export async function invite(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  wish: { email: string; role: Role },
): Promise<Invited> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const inviter = requirePerson(principal);
  const id = invitationIdSchema.parse(uuidv7());
  const secret = makeSecret();
  const secretHash = hashOfSecret(secret);
  const link = `${services.origin()}/invitations/${secret}`;
  return prisma.$transaction(async (transaction) => {
    await lockProject(transaction, projectId);
    const obstacle = await repository.findObstacle(transaction, projectId, wish.email);
    if (obstacle === 'member')
      throw new Conflict('already-member', 'This address belongs to a member already.');
    if (obstacle === 'invited') {
      throw new Conflict('already-invited', 'This address has an open invitation; revoke that one first.');
    }
    const invitation = { projectId, id, ...wish, createdBy: inviter.userId };
    await repository.insertInvitation(transaction, invitation, secretHash, DAYS);
    await recordInProject(transaction, projectId, {
      actorId: inviter.userId,
      action: 'invitation.made',
      subject: { invitationId: id, ...wish },
    });
    const opened = await repository.findOpenInvitation(transaction, secretHash);
    const [made] = await repository.listInvitations(transaction, projectId, id);
    if (opened === undefined || made === undefined) throw new Error('an invitation just made is not open');
    const { enabled: mailed } = services.mailer;
    if (mailed) {
      await postMail(services, transaction, {
        to: wish.email,
        subject: `Invitation to ${opened.projectName}`,
        text: `${inviter.name} invites you to work on “${opened.projectName}” in Casebook.\n\nOpen this link within ${String(DAYS)} days:\n${link}\n\nIt works once. If you did not expect it, do nothing.`,
      });
    }
    return { invitation: made, link, mailed };
  });
}

/** Makes an invitation's link worthless; once more does nothing more. @throws Conflict where it was used. */
export async function revokeInvitation(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  id: InvitationId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const actor = requirePerson(principal);
  await prisma.$transaction(async (transaction) => {
    if (await repository.revokeInvitation(transaction, projectId, id)) {
      await recordInProject(transaction, projectId, {
        actorId: actor.userId,
        action: 'invitation.revoked',
        subject: { invitationId: id },
      });
      return;
    }
    const [invitation] = await repository.listInvitations(transaction, projectId, id);
    if (invitation === undefined) throw new NotFound();
    if (invitation.state === 'used') {
      throw new Conflict('invitation-used', 'It was accepted already; disable the member instead.');
    }
  });
}

/** One answer for every link that opens nothing, so that it does not tell why. */
function noLongerGood(): Gone {
  return new Gone('This invitation is no longer good; ask whoever invited you for a new one.');
}

/** The invitation that a link leads to. @throws Gone */
export async function openInvitation(
  services: Services,
  secret: string,
  device: string,
): Promise<repository.OpenInvitation> {
  const { prisma } = services.database;
  await limitAttempts(prisma, `invitation:${device}`, LOOKS);
  const invitation = await repository.findOpenInvitation(prisma, hashOfSecret(secret));
  if (invitation === undefined) throw noLongerGood();
  return invitation;
}

/** The holder of an account, or somebody new. */
export type Invitee = Account | { readonly passwordHash: string; readonly name: string };

/** Whoever accepts: the holder of the invited address's account, shown by its password, or somebody new. */
async function inviteeOf(
  services: Services,
  invitation: repository.OpenInvitation,
  given: { name?: string | undefined; password: string },
  device: string,
): Promise<Invitee> {
  if (invitation.hasAccount) {
    return checkCredentials(services, { email: invitation.email, password: given.password }, device);
  }
  if (given.name === undefined) throw new Unprocessable('name-needed', 'Say how you want to be called.');
  return { name: given.name, passwordHash: await hashPassword(given.password) };
}

/**
 * Turns an invitation into a place in the project, under the invited address and no other: into that account where
 * there is one, else into a new one. However many try at once, it happens once; the others wait for the first and
 * find the invitation used.
 *
 * @throws Gone, WrongCredentials for an account's wrong password, Unprocessable for a new account without a name.
 */
export async function acceptInvitation(
  services: Services,
  acceptance: { secret: string; name?: string | undefined; password: string },
  device: string,
  replaces: Uint8Array<ArrayBuffer> | undefined,
): Promise<{ projectId: ProjectId; sessionSecret: string }> {
  requirePasswords(services);
  const invitation = await openInvitation(services, acceptance.secret, device);
  const invitee = await inviteeOf(services, invitation, acceptance, device);
  return services.database.prisma.$transaction(async (transaction) => {
    const account = await join(transaction, invitation, invitee);
    const begun = await beginSession(transaction, account, device, replaces);
    return { projectId: invitation.projectId, sessionSecret: begun.secret };
  });
}

/**
 * Uses an invitation up and gives the invitee a place in its project; who they are was made sure of before.
 *
 * @throws Gone where it was used meanwhile, Conflict for a member, or where the address has an account by now.
 */
export async function join(
  transaction: Connection,
  invitation: repository.OpenInvitation,
  invitee: Invitee,
): Promise<Omit<Account, 'passwordHash' | 'disabledAt'>> {
  const { projectId, invitationId, role, email } = invitation;
  if (!(await repository.useInvitation(transaction, projectId, invitationId))) throw noLongerGood();
  let account: { id: string; email: string; name: string; isAdmin: boolean };
  if ('id' in invitee) {
    account = invitee;
  } else {
    account = { id: uuidv7(), email, name: invitee.name, isAdmin: false };
    if (!(await repository.insertAccount(transaction, { ...account, passwordHash: invitee.passwordHash }))) {
      throw new Conflict('account-exists', 'This address has an account by now; open the link again.');
    }
    await recordInInstance(transaction, {
      actorId: account.id,
      action: 'account.made',
      subject: { projectId, invitationId },
    });
  }
  const memberId = memberIdSchema.parse(uuidv7());
  if (!(await repository.insertMember(transaction, { projectId, id: memberId, userId: account.id, role }))) {
    throw new Conflict('already-member', 'You have a place in this project already.');
  }
  // A manager of an earlier project may hold a link; it must not lead into this one.
  await voidResets(transaction, account.id);
  await recordInProject(transaction, projectId, {
    actorId: account.id,
    action: 'invitation.accepted',
    subject: { invitationId, memberId, role },
  });
  return account;
}
