import { nameSchema } from '@casebook/contracts';
import type { SignInRefusal } from '@casebook/contracts';
import { limitAttempts } from '../../access/rules.ts';
import { makeSecret } from '../../access/secrets.ts';
import { recordInInstance } from '../../audit/repository.ts';
import { Conflict, Gone, NotFound, TooMany } from '../../errors.ts';
import { join, openInvitation } from '../../invitations/service.ts';
import type { Services } from '../../services.ts';
import { hashPassword } from '../passwords.ts';
import { findAccountByEmail } from '../repository.ts';
import type { Account } from '../repository.ts';
import { beginSession } from '../service.ts';
import { Declined, Unreachable } from './identity-provider.ts';
import type { Identity, IdentityProvider } from './identity-provider.ts';
import { openJourney, sealJourney } from './journey.ts';
import type { Journey } from './journey.ts';
import * as repository from './repository.ts';

const DEPARTURES = { attempts: 100, windowSeconds: 900 };

/** Nobody was let in; the page that the browser is sent to says why. */
export interface TurnedAway {
  readonly ok: false;
  readonly why: SignInRefusal;
  /** The invitation that was to be accepted. */
  readonly invitation: string | null;
}

export type Arrival = { readonly ok: true; readonly secret: string; readonly next: string } | TurnedAway;

function providerOf(services: Services): IdentityProvider {
  if (services.identityProvider === undefined) throw new NotFound();
  return services.identityProvider;
}

/** A path on this site; `/` for anything that could lead elsewhere. */
function localPath(asked: string, origin: string): string {
  const resolved = URL.canParse(asked, origin) ? new URL(asked, origin) : undefined;
  return resolved?.origin === new URL(origin).origin ? `${resolved.pathname}${resolved.search}` : '/';
}

/** Sends a browser off to the provider. @throws NotFound where the instance has none. */
export async function depart(
  services: Services,
  wish: { readonly next: string; readonly invitation: string | null; readonly returnTo: string },
  device: string,
): Promise<{ readonly ok: true; readonly address: string; readonly sealed: string } | TurnedAway> {
  const provider = providerOf(services);
  const { invitation } = wish;
  try {
    await limitAttempts(services.database.prisma, `provider:${device}`, DEPARTURES);
    const { address, departure } = await provider.depart(wish.returnTo);
    const next = localPath(wish.next, services.origin());
    const journey = { ...departure, next, invitation, began: Date.now() };
    return {
      ok: true,
      address: address.href,
      sealed: sealJourney(journey, services.environment.secret),
    };
  } catch (error) {
    return { ok: false, why: reasonOf(services, error), invitation };
  }
}

/**
 * Lets whoever comes back from the provider in: by what the provider calls them, where it has been here before; else
 * by an address that it has verified, into the account of that address; and with an invitation, into its project
 * under the invited address and no other.
 *
 * @throws NotFound where the instance has no provider.
 */
export async function arrive(
  services: Services,
  returned: URL,
  sealed: string | undefined,
  device: string,
  replaces: Uint8Array<ArrayBuffer> | undefined,
): Promise<Arrival> {
  const provider = providerOf(services);
  const journey = openJourney(sealed, services.environment.secret);
  if (journey === undefined) return { ok: false, why: 'too-late', invitation: null };
  try {
    const identity = await provider.arrive(returned, journey);
    const secret = await letIn(services, identity, journey, device, replaces);
    return typeof secret === 'string'
      ? { ok: true, secret, next: journey.next }
      : { ok: false, why: secret.why, invitation: journey.invitation };
  } catch (error) {
    return { ok: false, why: reasonOf(services, error), invitation: journey.invitation };
  }
}

async function letIn(
  services: Services,
  identity: Identity,
  journey: Journey,
  device: string,
  replaces: Uint8Array<ArrayBuffer> | undefined,
): Promise<string | { readonly why: SignInRefusal }> {
  const { prisma } = services.database;
  const invitation =
    journey.invitation === null ? undefined : await openInvitation(services, journey.invitation, device);
  const known = await repository.findAccountByIdentity(prisma, identity);
  const account =
    known ?? (identity.email === undefined ? null : await findAccountByEmail(prisma, identity.email));
  if (account !== null && account.disabledAt !== null) return { why: 'disabled' };
  const email = account?.email ?? identity.email;
  if (email === undefined) return { why: 'unverified' };
  if (invitation === undefined && account === null) return { why: 'nobody-invited' };
  if (invitation !== undefined && invitation.email !== email) return { why: 'other-address' };
  const named = nameSchema.safeParse(identity.name);
  // Nobody knows this password; another can be chosen through a reset link where passwords let people in.
  const invitee: Account | { passwordHash: string; name: string } = account ?? {
    passwordHash: await hashPassword(makeSecret()),
    name: named.success ? named.data : email.replace(/@.*$/u, ''),
  };
  return prisma.$transaction(async (transaction) => {
    const holder =
      invitation !== undefined
        ? await join(transaction, invitation, invitee)
        : 'id' in invitee
          ? invitee
          : null;
    if (holder === null) return { why: 'nobody-invited' };
    const { issuer, subject } = identity;
    if (await repository.insertIdentity(transaction, { issuer, subject, userId: holder.id })) {
      await recordInInstance(transaction, {
        actorId: holder.id,
        action: 'identity.linked',
        subject: { issuer },
      });
    }
    return (await beginSession(transaction, holder, device, replaces)).secret;
  });
}

/** What a person is told of an error; what a person can't have caused goes to the log. */
function reasonOf(services: Services, error: unknown): SignInRefusal {
  if (error instanceof Declined) return 'declined';
  if (error instanceof TooMany) return 'too-many';
  if (error instanceof Gone) return 'invitation-gone';
  if (error instanceof Conflict && error.code === 'already-member') return 'already-member';
  services.logger.warn({ err: error }, 'a sign-in with the provider failed');
  return error instanceof Unreachable ? 'unreachable' : 'failed';
}
