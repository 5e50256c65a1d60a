import { z } from 'zod';

/**
 * Characters that are invisible or turn the reading direction: they let two different names look alike.
 * Documents keep them byte for byte; names and titles may not hold them.
 */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

/** A name or title: one line, trimmed, NFC, nothing invisible in it. */
export const nameSchema = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'a name is needed')
      .max(120, 'at most 120 characters')
      .refine((text) => !UNSEEN.test(text), 'no invisible or direction-changing characters'),
  );

/** An address, lower-cased and NFC; only ASCII, so that look-alikes of an address can't be registered. */
export const emailSchema = z
  .string()
  .max(254)
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .pipe(z.email('this is not an e-mail address'));

/** Eight to 128 characters of any kind, counted as a person counts them. */
export const passwordSchema = z
  .string()
  .max(512, 'at most 128 characters')
  .refine((text) => Array.from(text).length >= 8, 'at least 8 characters')
  .refine((text) => Array.from(text).length <= 128, 'at most 128 characters');

/** Free text of a person: a comment, a note. */
export const commentSchema = z.string().trim().min(1).max(2000);

export const instantSchema = z.iso.datetime();
