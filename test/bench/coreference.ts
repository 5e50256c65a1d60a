import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COREFERENCE_METRICS, type CoreferenceMetric, scoreCoreference } from '@casebook/agreement';
import { withBenchFiles } from './bench-files.ts';

/** Seconds of the reference implementations for 5,000 mentions, computation alone. */
const REFERENCE: Partial<Record<CoreferenceMetric, { by: string; seconds: number; aim: number }>> = {
  bcub: { by: 'coval', seconds: 0.012, aim: 10 },
  ceafe: { by: 'coval', seconds: 4.2, aim: 40 },
  lea: { by: 'coval', seconds: 0.052, aim: 10 },
  blanc: { by: 'corefud-scorer', seconds: 47, aim: 40 },
};

const ROUNDS = 25;

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

function medianSeconds(work: () => void): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.hrtime.bigint();
    work();
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  return times.sort((one, other) => one - other)[ROUNDS >> 1] ?? NaN;
}

/** Times each measure, names of mentions to score, on the shared input files; `args[0]` is a folder that holds them. */
export async function run(args: string[]): Promise<void> {
  withBenchFiles(args, (folder) => {
    for (const name of ['coref_1k', 'coref_5k']) {
      const key = chainsOf(join(folder, `${name}.key`));
      const response = chainsOf(join(folder, `${name}.response`));
      process.stdout.write(`${name}: ${key.length} and ${response.length} entities\n`);
      const report = (
        of: string,
        metrics: readonly CoreferenceMetric[],
        metric?: CoreferenceMetric,
      ): void => {
        const seconds = medianSeconds(() => scoreCoreference([{ key, response }], { metrics }));
        const { [metric ?? 'muc']: score } = scoreCoreference([{ key, response }], { metrics });
        const known = metric === undefined || name !== 'coref_5k' ? undefined : REFERENCE[metric];
        const against =
          known === undefined
            ? ''
            : `  ${known.by} ${known.seconds} s: ${(known.seconds / seconds).toFixed(0)} times as fast (aim ${known.aim})`;
        process.stdout.write(
          `  ${of.padEnd(10)} ${(seconds * 1000).toFixed(2).padStart(8)} ms  F1 ${(score?.f1 ?? NaN).toFixed(4)}${against}\n`,
        );
      };
      for (const metric of COREFERENCE_METRICS) report(metric, [metric], metric);
      report('all', COREFERENCE_METRICS);
    }
  });
  await Promise.resolve();
}
