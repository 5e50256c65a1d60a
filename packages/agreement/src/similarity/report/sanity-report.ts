import { coverage } from '../model/coverage.ts';
import type { Embedding, GoldPair, ModelTask } from '../model/embedding.ts';
import { batchkarovCheck } from '../sanity/batchkarov.ts';
import { type CorrectedCheck, correctedCheck } from '../sanity/corrected.ts';
import { deterministicNoiseCurve } from '../sanity/deterministic-curve.ts';
import { type Landscape, landscape } from '../sanity/landscape.ts';
import { type FailingProbability, failingProbability } from '../sanity/original-verdict.ts';
import type { PerturbationFamily } from '../sanity/perturbation.ts';
import type { SizeBaseline } from '../sanity/size-baseline.ts';
import type { JobResult } from './draw-jobs.ts';
import { type StatedFigure, figureOf } from './stated-figure.ts';
import { drawPlans, figuresOf, type NamedJob, type SanityPlan, VECTOR_SCALES } from './sanity-jobs.ts';

export interface SanityLevel {
  readonly n: number;
  readonly nOverRms: StatedFigure;
  readonly mean: StatedFigure;
  readonly sdDraws: StatedFigure;
  readonly low: StatedFigure;
  readonly high: StatedFigure;
  readonly p: StatedFigure;
  readonly pHolm: StatedFigure;
  /** Further figures of the level, by method. */
  readonly [more: string]: unknown;
}

/** How a dataset takes damage to vectors: the check as published, or as it should have been. */
export interface SanityReport {
  readonly method: SanityPlan['method'];
  readonly family: PerturbationFamily;
  readonly seed: number;
  readonly draws: number;
  readonly pairs: number;
  readonly covered: number;
  readonly words: number;
  readonly dimensions: number;
  readonly rms: number;
  readonly rho0: StatedFigure;
  readonly ci: unknown;
  readonly levels: readonly SanityLevel[];
  readonly originalVerdict: OriginalVerdict;
  readonly resolution: CorrectedCheck['resolution'];
  readonly sameSizeBaseline: SizeBaseline | { readonly value: null; readonly reason: string };
  /** One draw that other programs can reproduce: uniform noise from mulberry32(seed), afresh at every level. */
  readonly reproducibleCurve: {
    readonly generator: 'mulberry32';
    readonly seed: number;
    readonly levels: readonly number[];
    readonly rho: readonly StatedFigure[];
  };
  readonly landscape?: { readonly smooth: Landscape; readonly abrupt: Landscape };
}

interface OriginalVerdict {
  /** Chance over seeds that ρ rises somewhere on the whole grid. */
  readonly probabilityOfFailing: StatedFigure;
  readonly probabilityOfFailingUpToOne: StatedFigure;
  readonly runs: number;
  readonly se: number | null;
  /** The published check of this seed; null where it was not asked for. */
  readonly thisRun: { readonly relaxed: readonly number[]; readonly strict: readonly number[] } | null;
  /** The same vectors times a constant. */
  readonly byScale: readonly {
    readonly scale: number;
    readonly probabilityOfFailing: StatedFigure;
    readonly probabilityOfFailingUpToOne: StatedFigure;
  }[];
  /** Random subsets of this dataset. */
  readonly bySize: readonly SizeBaseline[];
}

/**
 * The report, once the jobs of `sanityJobs` are done; `results` are theirs, place by place. `gold` are all pairs of the
 * dataset, `task` those that the vectors cover.
 */
export function sanityReport(
  plan: SanityPlan,
  gold: readonly GoldPair[],
  embedding: Embedding,
  task: ModelTask,
  jobs: readonly NamedJob[],
  results: readonly JobResult[],
): SanityReport {
  const { main, uniform } = drawPlans(plan, task);
  const drawsOf = (name: string) => figuresOf(name, jobs, results).draws;
  const check = correctedCheck(task, main, drawsOf('main'));
  const published =
    plan.method === 'batchkarov'
      ? batchkarovCheck(task, gold.length - task.pairs, { levels: main.levels, seed: plan.seed })
      : null;
  const covered = coverage(gold, embedding).rho.covered;
  return {
    method: plan.method,
    family: plan.family,
    seed: plan.seed,
    draws: plan.draws,
    pairs: gold.length,
    covered: task.pairs,
    words: task.words.length,
    dimensions: task.dimensions,
    rms: task.rms,
    rho0: figureOf(check.rho0),
    ci: covered.value === null ? null : covered.ci,
    levels: published === null ? correctedLevels(check) : publishedLevels(published, task),
    originalVerdict: {
      ...verdictOf(
        failingProbability(
          uniform.levels,
          drawsOf(plan.family === 'uniform' ? 'main' : 'uniform'),
          plan.seed,
        ),
      ),
      thisRun: published === null ? null : published.rises,
      byScale: VECTOR_SCALES.map((scale) => {
        const { probabilityOfFailing, probabilityOfFailingUpToOne } = verdictOf(
          failingProbability(uniform.levels, drawsOf(`scale ${scale}`), plan.seed),
        );
        return { scale, probabilityOfFailing, probabilityOfFailingUpToOne };
      }),
      bySize: figuresOf('size', jobs, results).sizes,
    },
    resolution: check.resolution,
    sameSizeBaseline: figuresOf('baseline', jobs, results).sizes[0] ?? {
      value: null,
      reason: 'no larger dataset was given (--baseline FILE)',
    },
    reproducibleCurve: {
      generator: 'mulberry32',
      seed: plan.seed,
      levels: uniform.levels,
      rho: deterministicNoiseCurve(task, uniform.levels, plan.seed).map((rho) =>
        figureOf(
          rho === null ? { value: rho, reason: 'gold or the similarities are constant' } : { value: rho },
        ),
      ),
    },
    ...(plan.landscape
      ? {
          landscape: {
            smooth: landscape(task, { seed: plan.seed }),
            abrupt: landscape(task, { seed: plan.seed, takenAway: 0.8 }),
          },
        }
      : {}),
  };
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
  const figure = (value: number | null): StatedFigure => value ?? { value: null, reason: undefinedRho };
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
