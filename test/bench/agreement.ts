import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  congersKappa,
  gwetsAc,
  krippendorffsAlpha,
  seededGenerator,
  type Study,
  studyFromColumns,
  studyFromWide,
  unitCounts,
} from '@casebook/agreement';

const GENERATOR = fileURLToPath(new URL('../../../shared/bench/generate.py', import.meta.url));

/** Seconds that the reference implementations took for the same work. */
interface Work {
  readonly name: string;
  readonly reference: number | null;
  readonly by: string;
  readonly factor: number;
  readonly run: () => number | null;
  readonly times: number;
}

function seconds(since: bigint): number {
  return Number(process.hrtime.bigint() - since) / 1e9;
}

function readTable(path: string): (number | null)[][] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(1);
  return lines.flatMap((line) =>
    line === '' ? [] : [line.split(',').map((cell) => (cell === '' ? null : Number(cell)))],
  );
}

/** A table of unit × coder with five categories in which a fifth of the ratings miss the truth. */
function simulatedColumns(units: number, coders: number): Study {
  const generator = seededGenerator(1);
  const ratings = units * coders;
  const unitOf = new Uint32Array(ratings);
  const coderOf = new Uint32Array(ratings);
  const categoryOf = new Uint32Array(ratings);
  let next = 0;
  for (let unit = 0; unit < units; unit++) {
    const truth = generator.below(5);
    for (let coder = 0; coder < coders; coder++) {
      unitOf[next] = unit;
      coderOf[next] = coder;
      categoryOf[next] = generator.next() < 0.8 ? truth : generator.below(5);
      next += 1;
    }
  }
  const names = (count: number, prefix: string): string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  return studyFromColumns(
    names(units, 'u'),
    names(coders, 'c'),
    { kind: 'nominal', categories: ['1', '2', '3', '4', '5'] },
    { unitOf, coderOf, categoryOf },
  );
}

/** The same study without the counts that are kept for one seen before. */
function afresh(study: Study): Study {
  return { ...study };
}

function value(estimate: { readonly value: number | null }): number | null {
  return estimate.value;
}

function report({ name, reference, by, factor, run, times }: Work): void {
  const durations: number[] = [];
  const cpu: number[] = [];
  let result: number | null = null;
  for (let round = 0; round < times + 2; round++) {
    const before = process.cpuUsage();
    const start = process.hrtime.bigint();
    result = run();
    if (round < 2) continue;
    durations.push(seconds(start));
    const spent = process.cpuUsage(before);
    cpu.push((spent.user + spent.system) / 1e6);
  }
  // The fastest round: on a machine that does other work too, the others measure that work.
  const best = Math.min(...durations);
  const against =
    reference === null
      ? by
      : `${by} ${reference} s: ${(reference / best).toFixed(1)} times as fast (wanted ${factor})`;
  process.stdout.write(
    `${name.padEnd(58)} ${best.toFixed(5).padStart(10)} s (CPU ${Math.min(...cpu).toFixed(5)})  ${String(result?.toFixed(4)).padStart(8)}  ${against}\n`,
  );
}

function works(folder: string): Work[] {
  const small = studyFromWide(readTable(join(folder, 'ratings_10k_x20.csv')));
  const large = studyFromWide(readTable(join(folder, 'ratings_100k_x50_miss70.csv')));
  const reals = studyFromWide(readTable(join(folder, 'ratings_2400_x2_continuous.csv')));
  const none = { method: 'none' } as const;
  const krippendorff = 'fast-krippendorff';
  const smallCounts = unitCounts(small);
  const largeCounts = unitCounts(large);
  return [
    {
      name: 'alpha nominal, 10k × 20',
      reference: 0.017,
      by: krippendorff,
      factor: 10,
      times: 15,
      run: () => value(krippendorffsAlpha(afresh(small), { interval: none })),
    },
    {
      name: 'alpha nominal, 100k × 50, 70 % missing',
      reference: 0.28,
      by: krippendorff,
      factor: 10,
      times: 15,
      run: () => value(krippendorffsAlpha(afresh(large), { interval: none })),
    },
    {
      name: 'alpha nominal, 10k × 20, from counts',
      reference: 0.0039,
      by: krippendorff,
      factor: 10,
      times: 15,
      run: () => value(krippendorffsAlpha(smallCounts, { interval: none })),
    },
    {
      name: 'alpha nominal, 100k × 50, from counts',
      reference: 0.04,
      by: krippendorff,
      factor: 10,
      times: 15,
      run: () => value(krippendorffsAlpha(largeCounts, { interval: none })),
    },
    {
      name: 'alpha interval, 2,400 × 2 distinct reals',
      reference: null,
      by: `${krippendorff} needs 411 GiB`,
      factor: 10,
      times: 15,
      run: () => value(krippendorffsAlpha(afresh(reals), { metric: 'interval', interval: none })),
    },
    {
      name: 'Gwet AC with SE, 10k × 20',
      reference: 0.033,
      by: 'irrCAC',
      factor: 10,
      times: 15,
      run: () => value(gwetsAc(afresh(small))),
    },
    {
      name: 'Gwet AC with SE, 100k × 50',
      reference: 0.85,
      by: 'irrCAC',
      factor: 10,
      times: 15,
      run: () => value(gwetsAc(afresh(large))),
    },
    {
      name: 'Conger with SE, 100k × 50',
      reference: 3.7,
      by: 'irrCAC',
      factor: 10,
      times: 15,
      run: () => value(congersKappa(afresh(large))),
    },
    {
      name: 'alpha nominal, 10k × 20, bootstrap × 1,000',
      reference: 4.2,
      by: `${krippendorff} in a loop`,
      factor: 40,
      times: 5,
      run: () =>
        value(krippendorffsAlpha(afresh(small), { interval: { method: 'percentile', resamples: 1000 } })),
    },
    {
      name: 'alpha nominal, 10k × 20, BCa × 1,000',
      reference: 4.2,
      by: `${krippendorff} in a loop, percentile only`,
      factor: 40,
      times: 5,
      run: () => value(krippendorffsAlpha(afresh(small), { interval: { method: 'bca', resamples: 1000 } })),
    },
  ];
}

function million(): void {
  const before = process.hrtime.bigint();
  const study = simulatedColumns(1_000_000, 20);
  process.stdout.write(`\nA million units × 20 coders, made in ${seconds(before).toFixed(2)} s:\n`);
  for (const [name, run] of [
    ['alpha nominal with SE', () => value(krippendorffsAlpha(afresh(study)))],
    ['Gwet AC with SE', () => value(gwetsAc(afresh(study)))],
    ['Conger with SE', () => value(congersKappa(afresh(study)))],
  ] as const) {
    const start = process.hrtime.bigint();
    const result = run();
    process.stdout.write(
      `${name.padEnd(58)} ${seconds(start).toFixed(3).padStart(10)} s  ${String(result?.toFixed(4))}\n`,
    );
  }
  const { maxRSS } = process.resourceUsage();
  process.stdout.write(`Most memory held: ${(maxRSS / 1024).toFixed(0)} MB\n`);
}

/**
 * Times the coefficients on the shared input files against the figures of the reference implementations.
 * `args[0]` is the folder that `generate.py` wrote; where it is left out, they are written to a temporary one.
 */
export async function run(args: string[]): Promise<void> {
  million();
  process.stdout.write('\n');
  const [given] = args;
  if (given === undefined && !existsSync(GENERATOR)) {
    process.stdout.write(
      'The shared generator of input files is absent: only the simulated table was run.\n',
    );
    return;
  }
  const folder = given ?? mkdtempSync(join(tmpdir(), 'casebook-bench-'));
  try {
    if (given === undefined) spawnSync('python3', [GENERATOR, folder], { stdio: 'inherit' });
    for (const work of works(folder)) report(work);
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true });
  }
  await Promise.resolve();
}
