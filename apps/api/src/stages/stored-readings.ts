import { memberIdSchema } from '@casebook/contracts';
import { z } from 'zod';

const members = z.array(memberIdSchema);

/** The readings of an outcome, as they are stored with it. */
export const storedReadingsSchema = z.array(
  z.object({
    key: z.string(),
    answer: z.unknown(),
    probability: z.number(),
    annotators: members,
    agreed: members,
    disagreed: members,
    gaveInstead: members,
    judgementId: z.string(),
  }),
);
