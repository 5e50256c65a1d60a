import { connectDirectly } from '../database/direct.ts';
import { softwareVersion } from '../software.ts';
import { buildRelease, signingKey, STEPS } from './format.ts';
import { readReleaseRows } from './repository.ts';

/**
 * A project's release, from one snapshot of the database; undefined where not exactly one project has this id or name.
 * `onRead` is called once all is read.
 */
export async function makeRelease(
  url: string,
  { project, number, secret }: { readonly project: string; readonly number: number; readonly secret: string },
  onRead?: () => void,
): Promise<{ readonly bytes: Buffer; readonly root: string; readonly judgements: number } | undefined> {
  const client = await connectDirectly(url);
  try {
    const read = await readReleaseRows(client, project);
    if (read === undefined) return undefined;
    onRead?.();
    const days = read.rows.judgements.flatMap(({ day }) => (day === null ? [] : [day])).sort();
    const description = {
      ...{ format: 'casebook-release' as const, formatVersion: 1 as const, number, project: read.name },
      software: { name: 'casebook' as const, version: await softwareVersion() },
      asOf: days.at(-1) ?? null,
      steps: [...STEPS],
    };
    const release = await buildRelease(read.rows, description, signingKey(secret));
    return { ...release, judgements: read.rows.judgements.length };
  } finally {
    await client.end();
  }
}
