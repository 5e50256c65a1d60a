import { readFile, writeFile } from 'node:fs/promises';
import { readEnvironment } from '../env.ts';
import { compareReleases } from '../releases/compare-releases.ts';
import type { FileDifference } from '../releases/compare-releases.ts';
import { makeRelease } from '../releases/make-release.ts';
import { verifyRelease } from '../releases/verify-release.ts';
import type { Verdict } from '../releases/verify-release.ts';
import { sentenceFor } from './failure.ts';
import { hasDatabase, noDatabaseIn, reachDatabase } from './reach.ts';

type Told<Result> = ({ readonly done: true } & Result) | { readonly done: false; readonly why: string };

async function told<Result>(deed: () => Promise<Told<Result>>): Promise<Told<Result>> {
  try {
    return await deed();
  } catch (error) {
    const why = fileSentence(error) ?? sentenceFor(error);
    if (why === undefined) throw error;
    return { done: false, why };
  }
}

function fileSentence(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const path = String(error.path);
  if (error.code === 'EEXIST') return `${path} is there already; a release overwrites nothing.`;
  return error.code === 'ENOENT' ? `There is no ${path}.` : error.message;
}

/** Writes a release of a project, named by its id or its name, into a file that is not there yet. */
export function release(
  path: string,
  order: { readonly project: string; readonly number: number },
): Promise<Told<{ readonly root: string; readonly judgements: number }>> {
  return told<{ readonly root: string; readonly judgements: number }>(async () => {
    const environment = await readEnvironment(process.env);
    if (!hasDatabase(environment)) return { done: false, why: noDatabaseIn(environment) };
    const { url, leave } = await reachDatabase(environment);
    try {
      const made = await makeRelease(url, { ...order, secret: environment.secret });
      if (made === undefined)
        return {
          done: false,
          why: `Not exactly one project is called ${order.project}; its id names it surely.`,
        };
      await writeFile(path, made.bytes, { flag: 'wx' });
      return { done: true, root: made.root, judgements: made.judgements };
    } finally {
      await leave();
    }
  });
}

/** Checks a release file; reaches no database and no network. */
export function verify(
  path: string,
  origin: { readonly root: string | undefined; readonly keyFile: string | undefined },
): Promise<Told<{ readonly verdict: Verdict }>> {
  return told<{ readonly verdict: Verdict }>(async () => {
    const key = origin.keyFile === undefined ? undefined : await readFile(origin.keyFile, 'utf8');
    const verdict = await verifyRelease(await readFile(path), { root: origin.root, key });
    return { done: true, verdict };
  });
}

/** What differs between two release files. */
export function diff(a: string, b: string): Promise<Told<{ readonly files: readonly FileDifference[] }>> {
  return told<{ readonly files: readonly FileDifference[] }>(async () => {
    const one = await readFile(a);
    const other = await readFile(b);
    try {
      return { done: true, files: await compareReleases(one, other) };
    } catch (error) {
      return {
        done: false,
        why: `That is no release: ${error instanceof Error ? error.message : String(error)}.`,
      };
    }
  });
}
