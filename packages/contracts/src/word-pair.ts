import { z } from 'zod';

export const wordPairSchema = z.strictObject({
  word1: z.string().min(1).max(200),
  word2: z.string().min(1).max(200),
  partOfSpeech: z.string().max(40).optional(),
  /** A published score on the source's own scale. */
  gold: z.number().optional(),
  /** The source's individual ratings, one a column; null where a column is empty. */
  ratings: z.array(z.number().nullable()).optional(),
});
/** Two words whose similarity is judged. */
export type WordPair = z.infer<typeof wordPairSchema>;
