import type { ModelTask } from '../model/embedding.ts';
import type { DrawFigures, DrawPlan } from '../sanity/noise-draws.ts';
import { defaultLevels, type PerturbationFamily } from '../sanity/perturbation.ts';
import type { SizeBaseline } from '../sanity/size-baseline.ts';
import type { DrawJob, JobResult } from './draw-jobs.ts';

/** What is to be checked, and how thoroughly. */
export interface SanityPlan {
  /** The check as Batchkarov et al. 2016 published it, or as it should have been. */
  readonly method: 'batchkarov' | 'corrected';
  readonly family: PerturbationFamily;
  /** Of the family; the first is 0. */
  readonly levels: readonly number[];
  /** Whether levels are in units of the vectors’ root mean square component. */
  readonly levelsInRms: boolean;
  readonly draws: number;
  readonly seed: number;
  readonly landscape: boolean;
}

/** Fewer draws than this say little of chance. */
export const FEWEST_DRAWS = 200;

/** The same vectors times these, to show that the published check depends on a factor that cosines do not see. */
export const VECTOR_SCALES = [0.5, 2] as const;
const SIZES = [30, 65, 353];
const DRAWS_A_JOB = 50;

export interface NamedJob {
  readonly name: string;
  readonly job: DrawJob;
}

/** The draws of the check itself, and those of uniform noise, by which the published verdict is judged. */
export function drawPlans(plan: SanityPlan, task: ModelTask): { main: DrawPlan; uniform: DrawPlan } {
  const levels = plan.levelsInRms ? plan.levels.map((level) => level * task.rms) : plan.levels;
  const main: DrawPlan = { family: plan.family, levels, draws: plan.draws, seed: plan.seed };
  const uniform: DrawPlan =
    plan.family === 'uniform' ? main : { ...main, family: 'uniform', levels: defaultLevels('uniform') };
  return { main, uniform };
}

/**
 * All that the check draws, in pieces that can be done anywhere and in any order. `baseline` is a larger dataset with
 * the same vectors, whose random subsets of this one’s size are checked too.
 */
export function sanityJobs(
  plan: SanityPlan,
  task: ModelTask,
  baseline: ModelTask | null,
): readonly NamedJob[] {
  const { main, uniform } = drawPlans(plan, task);
  const jobs = cut('main', task, main);
  if (plan.family !== 'uniform') jobs.push(...cut('uniform', task, uniform));
  for (const scale of VECTOR_SCALES) {
    // Vectors times s under noise n are vectors under noise n/s, times s; cosines do not see the factor.
    const levels = uniform.levels.map((level) => level / scale);
    jobs.push(
      ...cut(`scale ${scale}`, task, { ...uniform, levels, draws: Math.min(plan.draws, FEWEST_DRAWS) }),
    );
  }
  const size = (name: string, own: ModelTask, pairs: number): NamedJob => ({
    name,
    job: { kind: 'size', task: own, plan: { pairs, levels: uniform.levels, seed: plan.seed } },
  });
  for (const pairs of SIZES) if (pairs < task.pairs) jobs.push(size('size', task, pairs));
  if (baseline !== null) jobs.push(size('baseline', baseline, task.pairs));
  return jobs;
}

function cut(name: string, task: ModelTask, plan: DrawPlan): NamedJob[] {
  const jobs: NamedJob[] = [];
  for (let from = 0; from < plan.draws; from += DRAWS_A_JOB) {
    const to = Math.min(plan.draws, from + DRAWS_A_JOB);
    jobs.push({ name, job: { kind: 'draws', task, plan, from, to } });
  }
  return jobs;
}

/** What came of the jobs of a name, in their order. `results` are those of `jobs`, place by place. */
export function figuresOf(
  name: string,
  jobs: readonly NamedJob[],
  results: readonly JobResult[],
): { draws: DrawFigures[]; sizes: SizeBaseline[] } {
  const own = results.filter((_, at) => jobs[at]?.name === name);
  return {
    draws: own.flatMap((result) => (result.kind === 'draws' ? [result.figures] : [])),
    sizes: own.flatMap((result) => (result.kind === 'size' ? [result.baseline] : [])),
  };
}
