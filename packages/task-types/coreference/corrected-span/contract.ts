import { z } from 'zod';

/** The most pieces that a corrected phrase may have. */
const MOST_PIECES = 20;

/**
 * Whether a phrase's borders may be corrected, and where they may fall: between tokens only, or between any two
 * characters, for scripts that write no spaces and for words that were cut wrongly.
 */
export const correctionRuleSchema = z.enum(['none', 'tokens', 'characters']);
export type CorrectionRule = z.infer<typeof correctionRuleSchema>;

/**
 * The borders that a coder gives a phrase instead of those shown. Offsets are Unicode code points of the text as
 * `textWithOffsets` puts it together, the same that exported items bring.
 */
export const correctedSpanSchema = z.strictObject({
  /** Half open, in order; several for a discontinuous phrase. */
  ranges: z
    .array(
      z
        .tuple([z.int().nonnegative(), z.int().positive()])
        .refine(([start, end]) => start < end, 'a range must hold at least one character'),
    )
    .min(1)
    .max(MOST_PIECES)
    .refine(
      (ranges) => ranges.every(([start], at) => start > (ranges[at - 1]?.[1] ?? -1)),
      'ranges must be in order and not touch',
    ),
  /** What stands there; pieces are joined by an ellipsis. */
  text: z.string().min(1).max(20_000),
});
export type CorrectedSpan = z.infer<typeof correctedSpanSchema>;
