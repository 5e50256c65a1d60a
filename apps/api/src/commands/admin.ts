import { emailSchema, nameSchema } from '@casebook/contracts';
import { openDatabase } from '../database/client.ts';
import type { Database } from '../database/client.ts';
import { migrate } from '../database/migrate.ts';
import { readEnvironment } from '../env.ts';
import { MIGRATIONS } from '../instance.ts';
import { handAdminLink, handResetLink } from '../session/service.ts';
import type { HandedReset } from '../session/service.ts';
import { sentenceFor } from './failure.ts';
import { hasDatabase, noDatabaseIn, reachDatabase } from './reach.ts';

/** Asks something of the instance that the environment names, whether the service runs or not. */
async function ask(
  { makesDatabase }: { readonly makesDatabase: boolean },
  question: (prisma: Database['prisma'], origin: string, passwords: boolean) => Promise<HandedReset>,
): Promise<HandedReset> {
  try {
    const environment = await readEnvironment(process.env);
    if (!makesDatabase && !hasDatabase(environment)) return { made: false, why: noDatabaseIn(environment) };
    const host = environment.host === '0.0.0.0' ? '127.0.0.1' : environment.host;
    const origin = environment.origin ?? `http://${host}:${String(environment.port)}`;
    const { url, leave } = await reachDatabase(environment);
    try {
      if (makesDatabase) await migrate(url, MIGRATIONS);
      const database = openDatabase(url, 2);
      try {
        return await question(database.prisma, origin, environment.passwords);
      } finally {
        await database.close();
      }
    } finally {
      await leave();
    }
  } catch (error) {
    const why = sentenceFor(error);
    if (why === undefined) throw error;
    return { made: false, why };
  }
}

/**
 * Makes a reset link for any account: whoever may read the instance's database from the terminal can do anything
 * with it anyway.
 */
export async function makeResetLink(address: string): Promise<HandedReset> {
  const email = emailSchema.safeParse(address);
  if (!email.success) return { made: false, why: `${address} is no e-mail address.` };
  return ask({ makesDatabase: false }, (prisma, origin, passwords) =>
    passwords
      ? handResetLink(prisma, email.data, origin)
      : Promise.resolve({ made: false, why: 'Passwords open nothing here (CASEBOOK_PASSWORDS=no).' }),
  );
}

/**
 * Makes an account that is the admin's, or gives an account that right, and a link with which its holder chooses a
 * password; the link to the log-in where passwords open nothing. Makes the database where there is none, so that an instance can be set up before it first runs.
 */
export async function makeAdmin(address: string, name: string): Promise<HandedReset> {
  const email = emailSchema.safeParse(address);
  if (!email.success) return { made: false, why: `${address} is no e-mail address.` };
  const named = nameSchema.safeParse(name);
  if (!named.success)
    return { made: false, why: `“${name}” can’t be a name: ${named.error.issues[0]?.message ?? ''}.` };
  return ask({ makesDatabase: true }, async (prisma, origin, passwords) => {
    const handed = await handAdminLink(prisma, { email: email.data, name: named.data }, origin);
    return handed.made && !passwords ? { made: true, link: `${origin}/login` } : handed;
  });
}
