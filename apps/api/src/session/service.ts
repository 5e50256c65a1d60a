import type { Session } from '@casebook/contracts';
import { userIdSchema } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Person, Principal } from '../access/principal.ts';
import { forgetAttempts } from '../access/repository.ts';
import { limitAttempts, requirePerson } from '../access/rules.ts';
import { hashOfSecret, makeSecret } from '../access/secrets.ts';
import { recordInInstance } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, Gone, NotFound, WrongCredentials } from '../errors.ts';
import { postMail } from '../mail/post.ts';
import type { Services } from '../services.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import * as repository from './repository.ts';

/** A session just begun: its secret goes into the cookie and nowhere else. */
export interface BegunSession {
  readonly secret: string;
  readonly session: Session;
}

const LOG_INS = { attempts: 10, windowSeconds: 900 };
const LOG_INS_OF_DEVICE = { attempts: 100, windowSeconds: 900 };
const RESETS = { attempts: 5, windowSeconds: 3600 };
const MAILED_RESET_HOURS = 1;
/** A link that is handed over from person to person takes longer than a mail. */
const HANDED_RESET_HOURS = 24;
const SET_UPS = { attempts: 20, windowSeconds: 900 };

async function sessionOf(
  connection: Connection,
  account: Omit<repository.Account, 'passwordHash' | 'disabledAt'>,
): Promise<Session> {
  return {
    user: {
      id: userIdSchema.parse(account.id),
      email: account.email,
      name: account.name,
      isAdmin: account.isAdmin,
    },
    memberships: await repository.listMemberships(connection, account.id),
  };
}

/** Begins a session for an account whose holder has shown who they are; ends the browser's earlier one. */
export async function beginSession(
  connection: Connection,
  account: Omit<repository.Account, 'passwordHash' | 'disabledAt'>,
  device: string,
  replaces: Uint8Array<ArrayBuffer> | undefined,
): Promise<BegunSession> {
  if (replaces !== undefined) await repository.deleteSession(connection, replaces);
  await recordInInstance(connection, { actorId: account.id, action: 'session.begun', subject: { device } });
  const secret = makeSecret();
  await repository.insertSession(connection, hashOfSecret(secret), account.id);
  return { secret, session: await sessionOf(connection, account) };
}

/** @throws Conflict where the instance lets nobody in by a password. */
export function requirePasswords({ environment, identityProvider }: Services): void {
  if (environment.passwords) return;
  const name = identityProvider?.name ?? 'the provider';
  throw new Conflict('no-passwords', `Passwords open nothing here; log in with ${name}.`);
}

/** Checks an address and a password against an account, counting attempts of the device. */
export async function checkCredentials(
  services: Services,
  credentials: { email: string; password: string },
  device: string,
): Promise<repository.Account> {
  requirePasswords(services);
  const { prisma } = services.database;
  const key = `log-in:${device}:${credentials.email}`;
  await limitAttempts(prisma, key, LOG_INS);
  await limitAttempts(prisma, `log-in:${device}`, LOG_INS_OF_DEVICE);
  const account = await repository.findAccountByEmail(prisma, credentials.email);
  const right = await verifyPassword(account?.passwordHash, credentials.password);
  if (account === null || !right || account.disabledAt !== null) throw new WrongCredentials();
  await forgetAttempts(prisma, key);
  return account;
}

export async function logIn(
  services: Services,
  credentials: { email: string; password: string },
  device: string,
  replaces: Uint8Array<ArrayBuffer> | undefined,
): Promise<BegunSession> {
  const account = await checkCredentials(services, credentials, device);
  return services.database.prisma.$transaction((transaction) =>
    beginSession(transaction, account, device, replaces),
  );
}

export async function currentSession(services: Services, principal: Principal): Promise<Session> {
  const person = requirePerson(principal);
  return sessionOf(services.database.prisma, { ...person, id: person.userId });
}

export async function logOut(services: Services, person: Person): Promise<void> {
  await services.database.prisma.$transaction(async (transaction) => {
    await repository.deleteSession(transaction, person.sessionHash);
    await recordInInstance(transaction, { actorId: person.userId, action: 'session.ended', subject: {} });
  });
}

export async function changePassword(
  services: Services,
  principal: Principal,
  change: { current: string; password: string },
  device: string,
): Promise<void> {
  const person = requirePerson(principal);
  await checkCredentials(services, { email: person.email, password: change.current }, device);
  const passwordHash = await hashPassword(change.password);
  await services.database.prisma.$transaction(async (transaction) => {
    await repository.updatePassword(transaction, person.userId, passwordHash);
    await repository.deleteOtherSessions(transaction, person.userId, person.sessionHash);
    await recordInInstance(transaction, { actorId: person.userId, action: 'password.changed', subject: {} });
  });
}

/**
 * Takes a wish for a reset link. Whether the account exists is looked up later, in the background, so that neither
 * the answer nor its time tells.
 *
 * @throws Conflict where the instance sends no mail, for every address alike.
 */
export async function requestReset(services: Services, email: string, device: string): Promise<void> {
  requirePasswords(services);
  if (!services.mailer.enabled) {
    throw new Conflict(
      'no-mail',
      'This instance sends no mail; a manager of your project or the admin can make you a link.',
    );
  }
  await limitAttempts(services.database.prisma, `reset:${device}`, RESETS);
  await services.jobs.send('request-reset', { email, device, origin: services.origin() });
}

/** Mails a reset link where there is an account that may be used. */
export async function sendReset(
  services: Services,
  request: { email: string; device: string; origin: string },
): Promise<void> {
  const { prisma } = services.database;
  const account = await repository.findAccountByEmail(prisma, request.email);
  if (account === null || account.disabledAt !== null) return;
  const secret = makeSecret();
  await prisma.$transaction(async (transaction) => {
    await repository.insertReset(transaction, hashOfSecret(secret), account.id, MAILED_RESET_HOURS);
    await postMail(services, transaction, {
      to: account.email,
      subject: 'A new password for Casebook',
      text: `Somebody, we hope you, asked for a new password.\n\nChoose one here within the hour:\n${request.origin}/reset/${secret}\n\nIf it was not you, do nothing; your password stays as it is.`,
    });
    await recordInInstance(transaction, {
      actorId: account.id,
      action: 'reset.requested',
      subject: { device: request.device },
    });
  });
}

/** A reset link to be copied and handed over: for whoever has made sure that it may be made. */
export async function makeResetLink(
  connection: Connection,
  userId: string,
  origin: string,
): Promise<{ link: string; expiresAt: string }> {
  const secret = makeSecret();
  const expiresAt = await repository.insertReset(
    connection,
    hashOfSecret(secret),
    userId,
    HANDED_RESET_HOURS,
  );
  return { link: `${origin}/reset/${secret}`, expiresAt: expiresAt.toISOString() };
}

/** A link was made, or a sentence says why not. */
export type HandedReset =
  { readonly made: true; readonly link: string } | { readonly made: false; readonly why: string };

/** A reset link for an address, on the word of whoever sits at the terminal. */
export async function handResetLink(
  prisma: Services['database']['prisma'],
  email: string,
  origin: string,
): Promise<HandedReset> {
  return prisma.$transaction(async (transaction) => {
    const account = await repository.findAccountByEmail(transaction, email);
    if (account === null) return { made: false, why: `There is no account with the address ${email}.` };
    if (account.disabledAt !== null) return { made: false, why: `The account of ${email} is disabled.` };
    await recordInInstance(transaction, {
      actorId: null,
      action: 'reset-link.made',
      subject: { userId: account.id, from: 'terminal' },
    });
    const { link } = await makeResetLink(transaction, account.id, origin);
    return { made: true, link };
  });
}

/**
 * Makes an account the admin's, the account too where there is none, and a link with which its holder chooses a
 * password, on the word of whoever sits at the terminal. A set-up link that was not used yet is void.
 */
export async function handAdminLink(
  prisma: Services['database']['prisma'],
  person: { readonly email: string; readonly name: string },
  origin: string,
): Promise<HandedReset> {
  // Nobody knows this password: the first one that opens the account is chosen through the link.
  const passwordHash = await hashPassword(makeSecret());
  return prisma.$transaction(async (transaction) => {
    const known = await repository.findAccountByEmail(transaction, person.email);
    if (known !== null && known.disabledAt !== null) {
      return { made: false, why: `The account of ${person.email} is disabled.` };
    }
    const userId = known?.id ?? uuidv7();
    if (known === null) {
      await repository.insertAccount(transaction, { id: userId, ...person, passwordHash, isAdmin: true });
    } else {
      await repository.grantAdmin(transaction, userId);
    }
    await repository.closeSetup(transaction);
    await recordInInstance(transaction, {
      actorId: null,
      action: 'admin.made',
      subject: { userId, from: 'terminal', account: known === null ? 'new' : 'there before' },
    });
    const { link } = await makeResetLink(transaction, userId, origin);
    return { made: true, link };
  });
}

export async function redeemReset(
  services: Services,
  redemption: { secret: string; password: string },
): Promise<void> {
  requirePasswords(services);
  const passwordHash = await hashPassword(redemption.password);
  await services.database.prisma.$transaction(async (transaction) => {
    const userId = await repository.redeemReset(transaction, hashOfSecret(redemption.secret));
    if (userId === undefined) throw new Gone('This link has been used, or is too old; ask for a new one.');
    await repository.updatePassword(transaction, userId, passwordHash);
    await repository.deleteOtherSessions(transaction, userId, undefined);
    await recordInInstance(transaction, { actorId: userId, action: 'password.reset', subject: {} });
  });
}

/** Says that the instance waits for its first admin. @throws NotFound once it has one. */
export async function setUpState(services: Services): Promise<{ open: true }> {
  if (!(await repository.setupIsOpen(services.database.prisma))) throw new NotFound();
  return { open: true };
}

/** Makes the first admin, once, however many ask at the same time. */
export async function setUp(
  services: Services,
  request: { secret: string; email: string; name: string; password: string },
  device: string,
): Promise<BegunSession> {
  requirePasswords(services);
  await limitAttempts(services.database.prisma, `set-up:${device}`, SET_UPS);
  const passwordHash = await hashPassword(request.password);
  return services.database.prisma.$transaction(async (transaction) => {
    const outcome = await repository.useSetup(transaction, hashOfSecret(request.secret));
    if (outcome === 'wrong') throw new NotFound();
    if (outcome === 'used-before')
      throw new Conflict('set-up-done', 'This instance has its first admin already.');
    const account = { id: uuidv7(), email: request.email, name: request.name, isAdmin: true };
    await repository.insertAccount(transaction, { ...account, passwordHash });
    await recordInInstance(transaction, {
      actorId: account.id,
      action: 'instance.set-up',
      subject: { device },
    });
    return beginSession(transaction, account, device, undefined);
  });
}

/** Whether the instance has no admin yet. */
export async function waitsForAdmin(services: Services): Promise<boolean> {
  return !(await repository.hasAdmin(services.database.prisma));
}

/** A fresh link for the first admin; undefined where there is one. Any link made before is void. */
export async function makeSetupLink(services: Services): Promise<string | undefined> {
  const secret = makeSecret();
  const placed = await repository.placeSetup(services.database.prisma, hashOfSecret(secret));
  return placed ? `${services.origin()}/setup/${secret}` : undefined;
}
