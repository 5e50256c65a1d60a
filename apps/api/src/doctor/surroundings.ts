import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../env.ts';
import { troubleWithMail } from '../mail/mailer.ts';
import { odd, well, wrong } from './finding.ts';
import type { Finding } from './finding.ts';

const MEGABYTE = 1_048_576;
const LITTLE_ROOM = 1024 * MEGABYTE;
const NO_ROOM = 128 * MEGABYTE;

/** Whether the data folder can be written to, and for how much longer. */
export async function examineFolder({ dataFolder }: Environment): Promise<readonly Finding[]> {
  const subject = 'data folder';
  try {
    await access(dataFolder, constants.W_OK);
  } catch {
    return [wrong(subject, `${dataFolder} can’t be written to.`, 'Set CASEBOOK_DATA to a folder that can.')];
  }
  const { bavail, bsize } = await statfs(dataFolder);
  const room = bavail * bsize;
  const words = `${dataFolder} has ${String(Math.floor(room / MEGABYTE))} MB free.`;
  const mend = 'Free some room; a full disk makes every judgement wait on its coder’s device.';
  if (room < NO_ROOM) return [wrong(subject, words, mend)];
  return [room < LITTLE_ROOM ? odd(subject, words, mend) : well(subject, words)];
}

/** Whether others on this machine can read the made secret. */
export async function examineSecret({ dataFolder }: Environment): Promise<readonly Finding[]> {
  const file = join(dataFolder, 'secret');
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || process.platform === 'win32') return [];
  return [
    (found.mode & 0o077) === 0
      ? well('secret', 'Only its owner can read the secret in the data folder.')
      : wrong('secret', `Others on this machine can read ${file}.`, `chmod 600 ${file}`),
  ];
}

/** Whether links and cookies will fit the address that people use. */
export function examineOrigin({ origin, production, host }: Environment): Finding {
  const subject = 'address';
  if (origin === undefined) {
    return production || !['127.0.0.1', 'localhost', '::1'].includes(host)
      ? wrong(
          subject,
          'CASEBOOK_ORIGIN is not set, but the service is for more than this machine.',
          'Set CASEBOOK_ORIGIN to the address that people open; mailed links and cookies depend on it.',
        )
      : well(subject, 'For this machine only; CASEBOOK_ORIGIN is not set.');
  }
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1'
    ? well(subject, origin)
    : odd(
        subject,
        `${origin} is not encrypted.`,
        'Put a proxy with a certificate in front, and name https://… .',
      );
}

/** Whether mail can go out. */
export async function examineMail({ smtpUrl }: Environment): Promise<Finding> {
  const subject = 'mail';
  if (smtpUrl === undefined) {
    return well(subject, 'SMTP_URL is not set: links are made on the People page to be copied.');
  }
  const trouble = await troubleWithMail(smtpUrl);
  return trouble === undefined
    ? well(subject, 'The mail server answers.')
    : wrong(
        subject,
        `The mail server does not take mail: ${trouble}.`,
        'Check SMTP_URL, and that its port can be reached from here.',
      );
}

async function statusOf(url: string): Promise<number | undefined> {
  return fetch(url, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.status,
    () => undefined,
  );
}

/** Whether the service answers at the port that the settings name. */
export async function examineService({ host, port }: Environment): Promise<Finding> {
  const subject = 'service';
  const at = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${String(port)}`;
  const alive = await statusOf(`${at}/healthz`);
  if (alive === undefined) return well(subject, `Nothing listens at ${at}; the service does not run.`);
  if (alive !== 200) {
    return wrong(subject, `Something else than Casebook listens at ${at}.`, 'Set PORT to another.');
  }
  return (await statusOf(`${at}/readyz`)) === 200
    ? well(subject, `Runs at ${at} and is ready.`)
    : wrong(
        subject,
        `Runs at ${at}, but is not ready.`,
        'See what is said of the database; CASEBOOK_LOG=info says more.',
      );
}
