import { z } from 'zod';
import { ownJudgementSchema } from './judgement.ts';

/** RFC 9457, as every error of the API is sent (`application/problem+json`). */
export const problemSchema = z.strictObject({
  /** A stable name for the situation, `urn:casebook:` and the error's name. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  requestId: z.string(),
  /** What was wrong with which field, for a body that did not parse. */
  fields: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  /** With `superseded-already`: the caller's own judgement that stands, to be shown beside the one refused. */
  latest: ownJudgementSchema.optional(),
});
export type Problem = z.infer<typeof problemSchema>;
