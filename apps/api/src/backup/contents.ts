import { z } from 'zod';

/** One table of a backup: its columns stand in this order in every line. */
const tableSchema = z.object({ name: z.string(), columns: z.array(z.string()).min(1) });

const migrationSchema = z.object({ name: z.string(), checksum: z.string() });

/** The first file of a backup, `backup.json`: what is needed before the first row can be read. */
export const headerSchema = z.object({
  kind: z.literal('casebook-backup'),
  format: z.literal(1),
  software: z.string(),
  /** When the snapshot was taken, by the database's clock. */
  takenAt: z.iso.datetime(),
  /** The migrations that made the schema, in the order in which they were applied. */
  migrations: z.array(migrationSchema),
  /** In an order in which every row comes after those it refers to. */
  tables: z.array(tableSchema),
});
export type BackupHeader = z.infer<typeof headerSchema>;

const tableSumSchema = z.object({
  name: z.string(),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Of the table's lines, whatever files they are cut into. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type TableSum = z.infer<typeof tableSumSchema>;

/** The last file of a backup, `sums.json`: an archive without it was cut short. */
export const sumsSchema = z.object({ tables: z.array(tableSumSchema) });
export type BackupSums = z.infer<typeof sumsSchema>;

/** What a backup holds, from its first file and its last. */
export interface BackupContents {
  readonly header: BackupHeader;
  readonly tables: readonly TableSum[];
}

export const HEADER_FILE = 'backup.json';
export const SUMS_FILE = 'sums.json';

/** The folder of a table's files; its number keeps two names apart that differ in case only. */
export function folderOf(index: number, table: string): string {
  return `tables/${String(index + 1).padStart(3, '0')}-${table}/`;
}

/** A backup can't be taken or put back; the message is one sentence for the person at the terminal. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
