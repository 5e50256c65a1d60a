import { z } from 'zod';
import { instantSchema } from './text.ts';

export const releaseNumberSchema = z.coerce.number().int().min(1).max(2_147_483_647);

/** What is being done for a release. */
export const releaseStepSchema = z.enum(['reading', 'computing', 'storing']);
export type ReleaseStep = z.infer<typeof releaseStepSchema>;

/** Why a release was not made: its storage took nothing, or something of ours went wrong; the log says what. */
export const releaseFailureSchema = z.enum(['storage', 'fault']);
export type ReleaseFailure = z.infer<typeof releaseFailureSchema>;

const ordered = {
  number: z.number().int().positive(),
  requestedAt: instantSchema,
  /** The name of who asked for it. */
  requestedBy: z.string(),
};

/** A project frozen under a number. What was made never changes; it can be withdrawn. */
export const releaseSchema = z.discriminatedUnion('state', [
  z.strictObject({
    ...ordered,
    state: z.literal('making'),
    /** Null where no process has taken it up yet, or whoever had is gone. */
    step: releaseStepSchema.nullable(),
  }),
  z.strictObject({ ...ordered, state: z.literal('failed'), why: releaseFailureSchema }),
  z.strictObject({
    ...ordered,
    state: z.literal('made'),
    madeAt: instantSchema,
    /** SHA-256 in hexadecimal, of the list of the hashes of what is in it. */
    root: z.string(),
    bytes: z.number().int(),
    judgements: z.number().int(),
    withdrawn: z.strictObject({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
  }),
]);
export type Release = z.infer<typeof releaseSchema>;

export const releasesSchema = z.strictObject({
  /** The newest first. */
  releases: z.array(releaseSchema),
  /** The instance's key as PEM, for `casebook verify --key`. */
  publicKey: z.string(),
});

export const withdrawReleaseSchema = z.strictObject({
  reason: z.string().trim().min(1, 'say why, for those who have it already').max(1000),
});
