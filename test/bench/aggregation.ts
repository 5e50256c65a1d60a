import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accuracyAgainst,
  type Answers,
  collectAnswers,
  dawidSkene,
  glad,
  type LabelAggregation,
  mace,
  majorityVote,
  mmsr,
  mpa,
  oneCoin,
  wawa,
} from '@casebook/agreement';
import { withBenchFiles } from './bench-files.ts';

/** Seconds of the reference implementations, computation alone, on a machine like the one they were taken on. */
const REFERENCE = {
  'dawid-skene': { by: 'crowd-kit', seconds: 23.3, aim: 10 },
  'one-coin': { by: 'crowd-kit', seconds: 45.3, aim: 10 },
  glad: { by: 'crowd-kit', seconds: 132, aim: 40 },
  mace: { by: 'crowd-kit', seconds: 125, aim: 40 },
  'mpa 6,000': { by: "the authors' Java", seconds: 3.4, aim: 10 },
  'mpa 100,000': { by: "the authors' Java", seconds: 13.2, aim: 10 },
} as const;

function rowsOf(path: string): string[][] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

/** Seconds of processor time, which other work on the machine lengthens less than it does the clock's. */
function timed<Result>(work: () => Result): { seconds: number; result: Result } {
  const before = process.cpuUsage();
  const result = work();
  return { seconds: process.cpuUsage(before).user / 1e6, result };
}

function line(name: string, seconds: number, more: string, reference?: keyof typeof REFERENCE): void {
  const known = reference === undefined ? null : REFERENCE[reference];
  const against =
    known === null
      ? ''
      : `  ${known.by} ${known.seconds} s: ${(known.seconds / seconds).toFixed(1)} times as fast (aim ${known.aim})`;
  process.stdout.write(`${name.padEnd(44)} ${seconds.toFixed(3).padStart(8)} s  ${more}${against}\n`);
}

function labels(folder: string): void {
  const path = join(folder, 'answers_20k_x10_k5.csv');
  const gold = new Map(rowsOf(`${path}.gold`).map(([task = '', label = '']) => [task, label]));
  const rows = rowsOf(path).map(([unit = '', coder = '', label = '']) => ({ unit, coder, label }));
  const { seconds, result: answers } = timed(() => collectAnswers(rows));
  line('collect 200,000 answers', seconds, '');
  const fits: [string, (own: Answers) => LabelAggregation, (keyof typeof REFERENCE)?][] = [
    ['majority', (own) => majorityVote(own)],
    ['Wawa', (own) => wawa(own)],
    [
      'Dawid–Skene, 100 iterations',
      (own) => dawidSkene(own, { iterations: 100, tolerance: -1 }),
      'dawid-skene',
    ],
    ['Dawid–Skene, until it rests', (own) => dawidSkene(own)],
    ['one-coin, 100 iterations', (own) => oneCoin(own, { iterations: 100, tolerance: -1 }), 'one-coin'],
    ["GLAD, crowd-kit's default, 1e-5", (own) => glad(own, { tolerance: 1e-5 }), 'glad'],
    ['GLAD, our default, 1e-6', (own) => glad(own), 'glad'],
    ['GLAD to the top (ecm)', (own) => glad(own, { algorithm: 'ecm' }), 'glad'],
    ['MACE variational, 10 × 50', (own) => mace(own, { tolerance: -1 }), 'mace'],
    ['MACE EM, 10 × 50', (own) => mace(own, { variant: 'em', tolerance: -1 })],
    ['M-MSR', (own) => mmsr(own)],
  ];
  for (const [name, fit, reference] of fits) {
    const { seconds: took, result } = timed(() => fit(answers));
    const accuracy = accuracyAgainst(result, gold).value ?? NaN;
    const objective = result.objective.at(-1);
    const reached = objective === undefined ? '' : `, objective ${objective.toFixed(1)}`;
    line(name, took, `accuracy ${accuracy.toFixed(4)}, ${result.iterations} iterations${reached}`, reference);
  }
}

function mentionPairs(folder: string, name: string, reference: keyof typeof REFERENCE): void {
  const gold = new Map<string, string>();
  const rows = rowsOf(join(folder, name)).map(([unit = '', coder = '', known = '', label = '']) => {
    gold.set(unit, known);
    return { unit, coder, label };
  });
  const { seconds, result: answers } = timed(() => collectAnswers(rows));
  line(`collect ${rows.length.toLocaleString('en')} answers to mentions`, seconds, '');
  for (const pooling of ['none', 'partial'] as const) {
    // A short fit is timed the second time, when the code is warm, as the other benches do.
    if (rows.length < 500_000) mpa(answers, { pooling });
    const { seconds: took, result } = timed(() => mpa(answers, { pooling }));
    let right = 0;
    for (const [unit, mention] of result.units.entries()) {
      if (gold.get(mention) === result.labels[result.best[unit] ?? 0]) right += 1;
    }
    const accuracy = (right / result.units.length).toFixed(4);
    const more = `accuracy ${accuracy}, ${result.iterations} iterations, ELBO ${(result.objective.at(-1) ?? NaN).toFixed(1)}`;
    line(
      `MPA, ${answers.units.length.toLocaleString('en')} mentions, pooling ${pooling}`,
      took,
      more,
      reference,
    );
  }
}

/** Times aggregation on the shared input files; `args[0]` is a folder that holds them already. */
export async function run(args: string[]): Promise<void> {
  withBenchFiles(args, (folder) => {
    labels(folder);
    mentionPairs(folder, 'pairs_mpa_6000x400x20.csv', 'mpa 6,000');
    mentionPairs(folder, 'pairs_mpa_100000x1500x20.csv', 'mpa 100,000');
    const { maxRSS } = process.resourceUsage();
    process.stdout.write(`most memory held: ${(maxRSS / 1024).toFixed(0)} MB\n`);
  });
  await Promise.resolve();
}
