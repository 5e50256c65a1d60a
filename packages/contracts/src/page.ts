import { z } from 'zod';

export const pageQuerySchema = z.strictObject({
  /** Where the last page ended, as it was given there. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

/** A page of a longer list; `next` is null on the last. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ rows: z.array(row), next: z.string().nullable() });
