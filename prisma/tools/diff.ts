/**
 * Prints the SQL that leads from one schema file to another (from nothing where only one is given):
 * `node prisma/tools/diff.ts [OLD.prisma] NEW.prisma`. What Prisma's `migrate diff` does, without its download.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const paths = process.argv.slice(2);
const from = paths.length > 1 ? paths[0] : undefined;
const to = paths.at(-1);
if (to === undefined) throw new Error('usage: node prisma/tools/diff.ts [OLD.prisma] NEW.prisma');

const packageFolder = createRequire(import.meta.url)
  .resolve('@prisma/schema-engine-wasm')
  .replace(/[^/\\]+$/u, '');
const module = await WebAssembly.compile(await readFile(`${packageFolder}schema_engine_bg.wasm`));
const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': { ...bindings } });
bindings.__wbg_set_wasm(instance.exports);
(instance.exports['__wbindgen_start'] as () => void)();

const factory = bindMigrationAwareSqlAdapterFactory(
  new PrismaPg({ connectionString: process.env['DATABASE_URL'] ?? '' }),
);
const schemaFile = async (path: string) => ({
  files: [{ path: 'schema.prisma', content: await readFile(path, 'utf8') }],
});
const schema = await schemaFile(to);
const engine = await bindings.SchemaEngine.new(
  { datamodels: schema.files.map((file) => [file.path, file.content] as [string, string]) },
  () => undefined,
  factory,
);
const result = await engine.diff({
  from: from === undefined ? { tag: 'empty' } : { tag: 'schemaDatamodel', ...(await schemaFile(from)) },
  to: { tag: 'schemaDatamodel', ...schema },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
process.stdout.write(result.stdout ?? '');
