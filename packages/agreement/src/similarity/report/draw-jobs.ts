import type { ModelTask } from '../model/embedding.ts';
import { type DrawControl, type DrawFigures, type DrawPlan, noiseDraws } from '../sanity/noise-draws.ts';
import { type SizeBaseline, sizeBaseline, type SizePlan } from '../sanity/size-baseline.ts';

/** A part of the sanity check that can be done anywhere: what comes of it depends on the job alone. */
export type DrawJob =
  | {
      readonly kind: 'draws';
      readonly task: ModelTask;
      readonly plan: DrawPlan;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'size'; readonly task: ModelTask; readonly plan: SizePlan };

export type JobResult =
  | { readonly kind: 'draws'; readonly figures: DrawFigures }
  | { readonly kind: 'size'; readonly baseline: SizeBaseline };

/** Does a job, in whatever thread this is. */
export function doJob(job: DrawJob, control: DrawControl = {}): JobResult {
  return job.kind === 'draws'
    ? { kind: 'draws', figures: noiseDraws(job.task, job.plan, job.from, job.to, control) }
    : { kind: 'size', baseline: sizeBaseline(job.task, job.plan, control) };
}

/** How long a job takes beside others: cosines and rankings. */
export function jobSize(job: DrawJob): number {
  const { plan } = job;
  return job.kind === 'draws'
    ? (job.to - job.from) * plan.levels.length * job.task.pairs
    : (job.plan.subsets ?? 40) * (job.plan.draws ?? 25) * plan.levels.length * job.plan.pairs;
}
