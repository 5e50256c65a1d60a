import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bCubed,
  blancCounts,
  ceafEntities,
  ceafMentions,
  COREFERENCE_METRICS,
  type CoreferenceMetric,
  type DocumentTables,
  lea,
  muc,
  scoreCoreference,
  tablesOfDocument,
} from '@casebook/agreement';
import { withBenchFiles } from './bench-files.ts';

/** Seconds of the reference implementations for 5,000 mentions, computation alone. */
const REFERENCE: Partial<Record<CoreferenceMetric, { by: string; seconds: number; aim: number }>> = {
  bcub: { by: 'coval', seconds: 0.012, aim: 10 },
  ceafe: { by: 'coval', seconds: 4.2, aim: 40 },
  lea: { by: 'coval', seconds: 0.052, aim: 10 },
  blanc: { by: 'corefud-scorer', seconds: 47, aim: 40 },
};

const ROUNDS = 50;

/** Chains of a generated file, as names of mentions: reading files is no part of what is timed. */
function chainsOf(path: string): string[][] {
  const chains = new Map<string, string[]>();
  const open = new Map<string, number[]>();
  let token = 0;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    for (const [, opens, id = '', closes] of (line.split('\t').at(-1) ?? '').matchAll(/(\()?(\d+)(\))?/gu)) {
      if (opens !== undefined) open.set(id, [...(open.get(id) ?? []), token]);
      if (closes === undefined) continue;
      chains.set(id, [...(chains.get(id) ?? []), `${open.get(id)?.pop() ?? -1}-${token + 1}`]);
    }
    token += 1;
  }
  return [...chains.values()];
}

const MEASURES: Record<CoreferenceMetric, (tables: DocumentTables) => unknown> = {
  muc,
  bcub: bCubed,
  ceafm: ceafMentions,
  ceafe: ceafEntities,
  blanc: blancCounts,
  lea,
};

/** Seconds of processor time, which other work on the machine lengthens less than it does the clock's. */
function seconds(work: () => unknown): number {
  for (let round = 0; round < ROUNDS; round += 1) work();
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) work();
  return process.cpuUsage(before).user / 1e6 / ROUNDS;
}

function line(of: string, took: number, more: string, reference?: CoreferenceMetric): void {
  const known = reference === undefined ? undefined : REFERENCE[reference];
  const against =
    known === undefined
      ? ''
      : `  ${known.by} ${known.seconds} s: ${(known.seconds / took).toFixed(0)} times as fast (aim ${known.aim})`;
  process.stdout.write(`  ${of.padEnd(30)} ${(took * 1000).toFixed(3).padStart(8)} ms  ${more}${against}\n`);
}

function measures(name: string, key: string[][], response: string[][]): void {
  process.stdout.write(`${name}: ${key.length} and ${response.length} entities\n`);
  const tables = tablesOfDocument({ key, response });
  line(
    'table from names',
    seconds(() => tablesOfDocument({ key, response })),
    '',
  );
  for (const metric of COREFERENCE_METRICS) {
    const reference = name === 'coref_5k' ? metric : undefined;
    line(
      `${metric} from the table`,
      seconds(() => MEASURES[metric](tables)),
      '',
      reference,
    );
    const score = (): ReturnType<typeof scoreCoreference> =>
      scoreCoreference([{ key, response }], { metrics: [metric] });
    line(`${metric} from names`, seconds(score), `F1 ${(score()[metric]?.f1 ?? NaN).toFixed(4)}`, reference);
  }
  line(
    'all from names',
    seconds(() => scoreCoreference([{ key, response }])),
    '',
  );
}

/**
 * Times each measure on the shared input files, from names of mentions and from a table made of them (the references'
 * figures leave out making theirs); `args[0]` is a folder that holds the files.
 */
export async function run(args: string[]): Promise<void> {
  withBenchFiles(args, (folder) => {
    for (const name of ['coref_1k', 'coref_5k']) {
      measures(name, chainsOf(join(folder, `${name}.key`)), chainsOf(join(folder, `${name}.response`)));
    }
  });
  await Promise.resolve();
}
