import { z } from 'zod';
import { openSealed, seal } from '../access/sealing.ts';
import type { Mail } from './mailer.ts';

const PURPOSE = 'casebook mail';

const mailSchema = z.strictObject({ to: z.string(), subject: z.string(), text: z.string() });

/**
 * A mail as it may lie in the job queue: links hold secrets, and whoever reads the database or a backup of it must
 * not be able to use them.
 */
export function sealMail(mail: Mail, secret: string): string {
  return seal(JSON.stringify(mail), secret, PURPOSE);
}

/** @throws Error where it was sealed with another secret, or changed since. */
export function openMail(sealed: string, secret: string): Mail {
  return mailSchema.parse(JSON.parse(openSealed(sealed, secret, PURPOSE)));
}
