import pg from 'pg';
import { inOrderOfReference } from './order.ts';

/** A table as the catalogue describes it. */
export interface StoredTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** What its rows are sorted by: the primary key. */
  readonly key: readonly { readonly column: string; readonly isText: boolean }[];
}

/** Written by the migrations themselves, so a backup names them instead of copying it. */
const LEDGER = '_prisma_migrations';

const COLUMNS = `
  SELECT c.relname AS "table", a.attname AS "column", a.attcollation <> 0 AS "isText",
         array_position(k.conkey, a.attnum) AS "keyPlace"
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> $1
   ORDER BY c.relname COLLATE "C", a.attnum`;

const REFERENCES = `
  SELECT DISTINCT f.relname AS "from", t.relname AS "to"
    FROM pg_constraint r
    JOIN pg_class f ON f.oid = r.conrelid
    JOIN pg_class t ON t.oid = r.confrelid
   WHERE r.contype = 'f' AND r.connamespace = 'public'::regnamespace AND f.oid <> t.oid`;

interface ColumnRow {
  readonly table: string;
  readonly column: string;
  readonly isText: boolean;
  readonly keyPlace: number | null;
}

/** Every table of the service but the ledger of migrations, in an order in which they can be filled. */
export async function listTables(client: pg.ClientBase): Promise<readonly StoredTable[]> {
  const columns = await client.query<ColumnRow>(COLUMNS, [LEDGER]);
  const references = await client.query<{ from: string; to: string }>(REFERENCES);
  const byTable = Map.groupBy(columns.rows, ({ table }) => table);
  return inOrderOfReference([...byTable.keys()], references.rows).map((name) => {
    const rows = byTable.get(name) ?? [];
    const key = rows
      .flatMap((row) => (row.keyPlace === null ? [] : [{ ...row, keyPlace: row.keyPlace }]))
      .sort((left, right) => left.keyPlace - right.keyPlace);
    return {
      name,
      columns: rows.map(({ column }) => column),
      key: key.map(({ column, isText }) => ({ column, isText })),
    };
  });
}

/** The command that writes a table's rows in the order of their key, the same bytes whatever the database's collation. */
export function copyOut(table: StoredTable): string {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const order = table.key
    .map(({ column, isText }) => pg.escapeIdentifier(column) + (isText ? ' COLLATE "C"' : ''))
    .join(', ');
  return `COPY (SELECT ${columns} FROM public.${pg.escapeIdentifier(table.name)} ORDER BY ${order}) TO STDOUT`;
}

/** The command that reads them back. */
export function copyIn(table: { readonly name: string; readonly columns: readonly string[] }): string {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  return `COPY public.${pg.escapeIdentifier(table.name)} (${columns}) FROM STDIN`;
}

export async function hasRows(client: pg.ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query(`SELECT 1 FROM public.${pg.escapeIdentifier(table)} LIMIT 1`);
  return rows.length > 0;
}

/** Switches a table's own triggers; those of foreign keys go on working. */
export async function switchTriggers(client: pg.ClientBase, table: string, to: 'ON' | 'OFF'): Promise<void> {
  const deed = to === 'ON' ? 'ENABLE' : 'DISABLE';
  await client.query(`ALTER TABLE public.${pg.escapeIdentifier(table)} ${deed} TRIGGER USER`);
}

/** The migrations that a database has, in their order; undefined where it holds no Casebook. */
export async function listApplied(
  client: pg.ClientBase,
): Promise<readonly { readonly name: string; readonly checksum: string }[] | undefined> {
  const { rows: ledger } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public."${LEDGER}"') IS NOT NULL AS "there"`,
  );
  if (ledger[0]?.there !== true) return undefined;
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS "name", checksum FROM "${LEDGER}"
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  return rows;
}
