import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const manifestSchema = z.object({ version: z.string() });

/** The version of Casebook that runs, as its manifest names it. */
export async function softwareVersion(): Promise<string> {
  const manifest = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  return manifestSchema.parse(JSON.parse(manifest)).version;
}
