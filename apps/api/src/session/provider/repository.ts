import type { Connection } from '../../database/client.ts';
import type { Account } from '../repository.ts';

export async function findAccountByIdentity(
  connection: Connection,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
): Promise<Account | null> {
  const identity = await connection.providerIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    include: { user: true },
  });
  return identity?.user ?? null;
}

/** Remembers who somebody is to the provider; false where that was known. */
export async function insertIdentity(
  connection: Connection,
  identity: { readonly issuer: string; readonly subject: string; readonly userId: string },
): Promise<boolean> {
  const { count } = await connection.providerIdentity.createMany({
    data: [{ issuer: identity.issuer, subject: identity.subject, userId: identity.userId }],
    skipDuplicates: true,
  });
  return count > 0;
}
