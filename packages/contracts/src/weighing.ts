import { z } from 'zod';
import { memberIdSchema, unitIdSchema } from './ids.ts';
import { pageQuerySchema } from './page.ts';

/** A reading with fewer supporters than another is held against it from this probability on. */
export const PERSISTING_POSTERIOR = 0.5;

/**
 * Why a unit is an exception. `overturned`: the most probable reading has fewer supporters than another one.
 * `persisting`: a reading with fewer supporters than the most probable one is itself as likely right as not.
 */
export const weighingExceptionSchema = z.enum(['overturned', 'persisting']);
export type WeighingException = z.infer<typeof weighingExceptionSchema>;

const coderProfileSchema = z.strictObject({
  coder: memberIdSchema,
  classes: z.array(
    z.strictObject({
      title: z.string(),
      answers: z.int(),
      sensitivity: z.number(),
      specificity: z.number(),
    }),
  ),
});

export type CoderProfile = z.infer<typeof coderProfileSchema>;

/** What a model made of all readings of a task, from the same computation as its agreement. */
export const weighingSchema = z.strictObject({
  /** Units that somebody judged, exceptions among them, and how many of all can be listed. */
  units: z.int(),
  overturned: z.int(),
  persisting: z.int(),
  listed: z.int(),
  rounds: z.int(),
  settled: z.boolean(),
  coders: z.array(coderProfileSchema),
});

export const weighedUnitSchema = z.strictObject({
  unitId: unitIdSchema,
  label: z.string(),
  place: z.string(),
  exception: weighingExceptionSchema.nullable(),
  /** The most probable first. */
  readings: z.array(
    z.strictObject({
      answer: z.string(),
      coders: z.array(memberIdSchema),
      posterior: z.number(),
    }),
  ),
});

export type WeighedUnit = z.infer<typeof weighedUnitSchema>;

export const weighingQuerySchema = pageQuerySchema.extend({
  /** Exceptions alone, or all. */
  of: z.enum(['exceptions', 'all']).default('all'),
});
export type WeighingQuery = z.infer<typeof weighingQuerySchema>;
