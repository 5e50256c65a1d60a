import { z } from 'zod';

/**
 * What one coder said of one mention of a document, in the terms that formats with individual judgements share.
 * Mentions are named by the ids of the document's content.
 */
export const coderAnswerSchema = z.strictObject({
  coder: z.string().min(1),
  mention: z.string().min(1),
  answer: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('new') }),
    /** The nearest earlier mention of the entity; several where the coder named several entities. */
    z.strictObject({ kind: z.literal('old'), antecedents: z.array(z.string().min(1)).min(1) }),
    z.strictObject({ kind: z.literal('property'), of: z.array(z.string().min(1)).min(1) }),
    z.strictObject({ kind: z.literal('non-referring') }),
    z.strictObject({ kind: z.literal('skipped'), reason: z.string().optional() }),
  ]),
  /** `validation` where the coder was shown this answer and agreed or not; absent for an answer of his own. */
  validation: z.enum(['agrees', 'disagrees']).optional(),
  comment: z.string().optional(),
  /** As the source writes it. */
  givenAt: z.string().optional(),
  elapsedMs: z.number().nonnegative().optional(),
  /** The coder's rating when he answered, in per cent, where the source keeps it. */
  rating: z.number().optional(),
});
export type CoderAnswer = z.infer<typeof coderAnswerSchema>;
