import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { ProviderSettings } from './session/provider/identity-provider.ts';

/** What the surroundings say, read once at the start; nothing else looks at `process.env`. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded database and of the made secret. */
  readonly dataFolder: string;
  /** An outside Postgres; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Where migrations and jobs connect, past any pooler; the same server as `databaseUrl`. */
  readonly directDatabaseUrl: string | undefined;
  /** The public address, without a trailing slash; undefined where none was given. */
  readonly origin: string | undefined;
  /** Where the files of releases are kept. */
  readonly releaseFolder: string;
  readonly secret: string;
  readonly smtpUrl: string | undefined;
  readonly production: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Connections that this process may hold. */
  readonly poolSize: number;
  readonly leaseSeconds: number;
  /** Whether this process also works on background jobs. */
  readonly worker: boolean;
  /** What a scraper has to send for `/metrics`; undefined where there are none. */
  readonly metricsToken: string | undefined;
  /** Whether webhooks may lead to this machine and its private network, and over plain http. */
  readonly privateWebhooks: boolean;
  /** The OpenID provider with which people may sign in; undefined where there is none. */
  readonly provider: ProviderSettings | undefined;
  /** Whether a password lets anybody in. */
  readonly passwords: boolean;
}

/** A setting is missing or wrong; the message is one sentence for the person at the terminal. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

const variablesSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  CASEBOOK_DATA: z.string().min(1).default('.casebook'),
  CASEBOOK_RELEASES: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//u, 'expected postgresql://…')
    .optional(),
  DATABASE_MIGRATION_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//u, 'expected postgresql://…')
    .optional(),
  CASEBOOK_ORIGIN: z
    .string()
    .regex(/^https?:\/\/[^/]+\/?$/u, 'expected https://host without a path')
    .transform((origin) => origin.replace(/\/$/u, ''))
    .optional(),
  CASEBOOK_SECRET: z.string().optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//u, 'expected smtp://…')
    .optional(),
  NODE_ENV: z.string().optional(),
  CASEBOOK_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  CASEBOOK_POOL: z.coerce.number().int().min(2).max(200).default(10),
  CASEBOOK_LEASE_SECONDS: z.coerce.number().int().min(1).max(2_592_000).default(86_400),
  CASEBOOK_WORKER: z.enum(['yes', 'no']).default('yes'),
  CASEBOOK_METRICS_TOKEN: z
    .string()
    .min(16, 'expected at least 16 characters that nobody can guess')
    .optional(),
  CASEBOOK_PRIVATE_WEBHOOKS: z.enum(['yes', 'no']).default('no'),
  OIDC_ISSUER: z
    .string()
    .regex(
      /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/u,
      'expected the https address of an OpenID provider',
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().trim().min(1).max(60).default('your organisation'),
  CASEBOOK_PASSWORDS: z.enum(['yes', 'no']).default('yes'),
});

function providerOf(values: z.output<typeof variablesSchema>): ProviderSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values;
  if (issuer === undefined) {
    if (values.CASEBOOK_PASSWORDS === 'no') {
      throw new EnvironmentError(
        'Without passwords nobody gets in: set OIDC_ISSUER, or CASEBOOK_PASSWORDS=yes.',
      );
    }
    return undefined;
  }
  if (clientId === undefined || clientSecret === undefined) {
    throw new EnvironmentError('OIDC_ISSUER goes with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.');
  }
  return { issuer, clientId, clientSecret, name: values.OIDC_NAME };
}

/** Secrets that stand in examples and must never be used. */
const DEFAULT_SECRETS = new Set(['secret', 'changeme', 'change-me', 'casebook']);

async function secretOf(given: string | undefined, production: boolean, dataFolder: string): Promise<string> {
  if (given !== undefined) {
    if (given.length < 16 || DEFAULT_SECRETS.has(given.toLowerCase())) {
      throw new EnvironmentError('CASEBOOK_SECRET must be at least 16 characters that nobody can guess.');
    }
    return given;
  }
  if (production) throw new EnvironmentError('CASEBOOK_SECRET must be set in production.');
  const file = join(dataFolder, 'secret');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    const made = randomBytes(32).toString('base64url');
    try {
      await mkdir(dataFolder, { recursive: true });
      await writeFile(file, made, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
        return (await readFile(file, 'utf8')).trim();
      }
      throw new EnvironmentError(
        `The data folder ${dataFolder} can’t be written to; set CASEBOOK_DATA to one that can.`,
      );
    }
    return made;
  }
}

/**
 * Reads the settings that CLI.md names.
 *
 * @throws EnvironmentError where one is missing or malformed.
 */
export async function readEnvironment(variables: NodeJS.ProcessEnv): Promise<Environment> {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = variablesSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnvironmentError(
      `${issue?.path.join('.') ?? 'A setting'} is not usable: ${issue?.message ?? 'unknown'}.`,
    );
  }
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  const dataFolder = resolve(values.CASEBOOK_DATA);
  return {
    port: values.PORT,
    host: values.HOST,
    dataFolder,
    releaseFolder: resolve(values.CASEBOOK_RELEASES ?? join(dataFolder, 'releases')),
    databaseUrl: values.DATABASE_URL,
    directDatabaseUrl: values.DATABASE_MIGRATION_URL ?? values.DATABASE_URL,
    origin: values.CASEBOOK_ORIGIN,
    secret: await secretOf(values.CASEBOOK_SECRET, production, dataFolder),
    smtpUrl: values.SMTP_URL,
    production,
    logLevel: values.CASEBOOK_LOG,
    poolSize: values.CASEBOOK_POOL,
    leaseSeconds: values.CASEBOOK_LEASE_SECONDS,
    worker: values.CASEBOOK_WORKER === 'yes',
    metricsToken: values.CASEBOOK_METRICS_TOKEN,
    privateWebhooks: values.CASEBOOK_PRIVATE_WEBHOOKS === 'yes',
    provider: providerOf(values),
    passwords: values.CASEBOOK_PASSWORDS === 'yes',
  };
}
