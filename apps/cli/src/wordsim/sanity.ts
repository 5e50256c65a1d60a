import {
  batchkarovCheck,
  type CorrectedCheck,
  correctedCheck,
  coverage,
  defaultLevels,
  deterministicNoiseCurve,
  type DrawFigures,
  type DrawPlan,
  failingProbability,
  type FailingProbability,
  type Landscape,
  landscape,
  type ModelTask,
  modelTask,
  type SizeBaseline,
} from '@casebook/agreement';
import { type Terminal, UsageError } from '../usage.ts';
import type { DrawJob } from './draw-jobs.ts';
import { type Figure, figureOf } from './figure.ts';
import { readGold } from './gold-pairs.ts';
import type { SanityCall } from './options.ts';
import { runJobs } from './run-jobs.ts';
import type { InputFile } from './source.ts';
import { readModel } from './vectors.ts';

interface SanityLevel {
  readonly n: number;
  readonly nOverRms: Figure;
  readonly mean: Figure;
  readonly sdDraws: Figure;
  readonly low: Figure;
  readonly high: Figure;
  readonly p: Figure;
  readonly pHolm: Figure;
  /** Further figures of the level, by method. */
  readonly [more: string]: unknown;
}

/** What `casebook wordsim sanity --json` prints. */
export interface SanityReport {
  readonly method: SanityCall['method'];
  readonly family: SanityCall['family'];
  readonly gold: InputFile;
  readonly goldIs: string;
  readonly vectors: InputFile;
  readonly seed: number;
  readonly draws: number;
  readonly pairs: number;
  readonly covered: number;
  readonly words: number;
  readonly dimensions: number;
  readonly rms: number;
  readonly rho0: Figure;
  readonly ci: unknown;
  readonly levels: readonly SanityLevel[];
  readonly originalVerdict: OriginalVerdict;
  readonly resolution: CorrectedCheck['resolution'];
  readonly sameSizeBaseline:
    (SizeBaseline & { readonly file: InputFile }) | { readonly value: null; readonly reason: string };
  /** One draw that other programs can reproduce: uniform noise from mulberry32(seed), afresh at every level. */
  readonly reproducibleCurve: {
    readonly generator: 'mulberry32';
    readonly seed: number;
    readonly levels: readonly number[];
    readonly rho: readonly Figure[];
  };
  readonly landscape?: { readonly smooth: Landscape; readonly abrupt: Landscape };
}

interface OriginalVerdict {
  /** Chance over seeds that ρ rises somewhere on the whole grid. */
  readonly probabilityOfFailing: Figure;
  readonly probabilityOfFailingUpToOne: Figure;
  readonly runs: number;
  readonly se: number | null;
  /** The published check of this seed; null where it was not asked for. */
  readonly thisRun: { readonly relaxed: readonly number[]; readonly strict: readonly number[] } | null;
  /** The same vectors times a constant. */
  readonly byScale: readonly {
    readonly scale: number;
    readonly probabilityOfFailing: Figure;
    readonly probabilityOfFailingUpToOne: Figure;
  }[];
  /** Random subsets of this dataset. */
  readonly bySize: readonly SizeBaseline[];
}

const SIZES = [30, 65, 353];
const SCALES = [0.5, 2];
const SCALE_DRAWS = 200;
const FEWEST_DRAWS = 200;

export async function sanityReport(call: SanityCall, terminal: Terminal): Promise<SanityReport> {
  const gold = await readGold(call.gold, terminal);
  const model = await readModel(call.vectors, gold.pairs, terminal);
  const task = modelTask(gold.pairs, model.embedding);
  if (task.pairs < 4)
    throw new UsageError(
      `${call.vectors}: ${task.pairs} of ${gold.pairs.length} pairs are covered; expected four or more for the check`,
    );
  const baseline = call.baseline === null ? null : await baselineTask(call.baseline, call.vectors, terminal);
  if (call.method === 'corrected' && call.draws < FEWEST_DRAWS)
    terminal.stderr.write(
      `casebook wordsim: ${call.draws} draws are fewer than the ${FEWEST_DRAWS} that the check asks for\n`,
    );
  const scaled = call.levelsInRms ? call.levels.map((level) => level * task.rms) : call.levels;
  const plan: DrawPlan = { family: call.family, levels: scaled, draws: call.draws, seed: call.seed };
  const uniform: DrawPlan =
    call.family === 'uniform' ? plan : { ...plan, family: 'uniform', levels: defaultLevels('uniform') };
  const jobs = jobsOf(call, task, plan, uniform, baseline?.task ?? null);
  const results = await runJobs(
    jobs.map(({ job }) => job),
    call.threads,
    terminal,
  );
  const figuresOf = (name: string): DrawFigures[] =>
    results.flatMap((result, at) =>
      jobs[at]?.name === name && result.kind === 'draws' ? [result.figures] : [],
    );
  const sizesOf = (name: string): SizeBaseline[] =>
    results.flatMap((result, at) =>
      jobs[at]?.name === name && result.kind === 'size' ? [result.baseline] : [],
    );
  const check = correctedCheck(task, plan, figuresOf('main'));
  const verdictFigures = call.family === 'uniform' ? figuresOf('main') : figuresOf('uniform');
  const published =
    call.method === 'batchkarov'
      ? batchkarovCheck(task, gold.pairs.length - task.pairs, { levels: scaled, seed: call.seed })
      : null;
  const [sameSize] = sizesOf('baseline');
  const covered = coverage(gold.pairs, model.embedding).rho.covered;
  return {
    method: call.method,
    family: call.family,
    gold: gold.input,
    goldIs: gold.goldIs,
    vectors: model.input,
    seed: call.seed,
    draws: call.draws,
    pairs: gold.pairs.length,
    covered: task.pairs,
    words: task.words.length,
    dimensions: task.dimensions,
    rms: task.rms,
    rho0: figureOf(check.rho0),
    ci: covered.value === null ? null : covered.ci,
    levels: published === null ? correctedLevels(check) : publishedLevels(published, task),
    originalVerdict: {
      ...verdictOf(failingProbability(uniform.levels, verdictFigures, call.seed)),
      thisRun: published === null ? null : published.rises,
      byScale: SCALES.map((scale) => {
        const { probabilityOfFailing, probabilityOfFailingUpToOne } = verdictOf(
          failingProbability(uniform.levels, figuresOf(`scale ${scale}`), call.seed),
        );
        return { scale, probabilityOfFailing, probabilityOfFailingUpToOne };
      }),
      bySize: sizesOf('size'),
    },
    resolution: check.resolution,
    sameSizeBaseline:
      baseline === null || sameSize === undefined
        ? { value: null, reason: 'no larger dataset was given (--baseline FILE)' }
        : { ...sameSize, file: baseline.input },
    reproducibleCurve: {
      generator: 'mulberry32',
      seed: call.seed,
      levels: uniform.levels,
      rho: deterministicNoiseCurve(task, uniform.levels, call.seed).map((rho) =>
        figureOf(
          rho === null ? { value: rho, reason: 'gold or the similarities are constant' } : { value: rho },
        ),
      ),
    },
    ...(call.landscape
      ? {
          landscape: {
            smooth: landscape(task, { seed: call.seed }),
            abrupt: landscape(task, { seed: call.seed, takenAway: 0.8 }),
          },
        }
      : {}),
  };
}

async function baselineTask(
  path: string,
  vectors: string,
  terminal: Terminal,
): Promise<{ task: ModelTask; input: InputFile }> {
  const gold = await readGold(path, terminal);
  const model = await readModel(vectors, gold.pairs, terminal);
  return { task: modelTask(gold.pairs, model.embedding), input: gold.input };
}

interface NamedJob {
  readonly name: string;
  readonly job: DrawJob;
}

function jobsOf(
  call: SanityCall,
  task: ModelTask,
  plan: DrawPlan,
  uniform: DrawPlan,
  baseline: ModelTask | null,
): NamedJob[] {
  const jobs = cut('main', task, plan);
  if (call.family !== 'uniform') jobs.push(...cut('uniform', task, uniform));
  for (const scale of SCALES) {
    // Vectors times s under noise n are vectors under noise n/s, times s; cosines do not see the factor.
    const levels = uniform.levels.map((level) => level / scale);
    jobs.push(
      ...cut(`scale ${scale}`, task, { ...uniform, levels, draws: Math.min(call.draws, SCALE_DRAWS) }),
    );
  }
  const size = (name: string, own: ModelTask, pairs: number): NamedJob => ({
    name,
    job: { kind: 'size', task: own, plan: { pairs, levels: uniform.levels, seed: call.seed } },
  });
  for (const pairs of SIZES) if (pairs < task.pairs) jobs.push(size('size', task, pairs));
  if (baseline !== null) jobs.push(size('baseline', baseline, task.pairs));
  return jobs;
}

const DRAWS_A_JOB = 50;

function cut(name: string, task: ModelTask, plan: DrawPlan): NamedJob[] {
  const jobs: NamedJob[] = [];
  for (let from = 0; from < plan.draws; from += DRAWS_A_JOB) {
    const to = Math.min(plan.draws, from + DRAWS_A_JOB);
    jobs.push({ name, job: { kind: 'draws', task, plan, from, to } });
  }
  return jobs;
}

function verdictOf({ wholeGrid, upToOne, runs, se }: FailingProbability) {
  return {
    probabilityOfFailing: figureOf(wholeGrid),
    probabilityOfFailingUpToOne: figureOf(upToOne),
    runs,
    se,
  };
}

function correctedLevels(check: CorrectedCheck): SanityLevel[] {
  return check.levels.map(({ n, nOverRms, mean, p, pHolm, sdDraws, sdPairs, low, high, loss, power }) => ({
    n,
    nOverRms: figureOf(nOverRms),
    mean: figureOf(mean),
    sdDraws,
    sdPairs,
    low,
    high,
    loss,
    p: figureOf(p),
    pHolm: figureOf(pHolm),
    power: figureOf(power),
  }));
}

function publishedLevels(check: ReturnType<typeof batchkarovCheck>, task: ModelTask): SanityLevel[] {
  const untested = { value: null, reason: 'the published check makes no test' } as const;
  const undefinedRho = 'ρ is undefined in the resamples';
  const figure = (value: number | null): Figure => value ?? { value: null, reason: undefinedRho };
  return check.levels.map(({ n, relaxed, strict }) => ({
    n,
    nOverRms: task.rms > 0 ? n / task.rms : { value: null, reason: 'all vectors are zero' },
    rho: figure(relaxed.rho),
    mean: figure(relaxed.mean),
    sdDraws: { value: null, reason: 'the published check makes one draw a level' },
    low: figure(relaxed.low),
    high: figure(relaxed.high),
    p: untested,
    pHolm: untested,
    relaxed,
    strict,
  }));
}
