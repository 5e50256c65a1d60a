import type { Release, ReleaseFailure, ReleaseStep } from '@casebook/contracts';
import { minuteOf } from '../words.ts';

type Making = Extract<Release, { state: 'making' }>;

/** The steps of making a release, in order. */
const STEPS: readonly ReleaseStep[] = ['reading', 'computing', 'storing'];

const DOING: Readonly<Record<ReleaseStep, string>> = {
  reading: 'reading one snapshot of the project',
  computing: 'computing every figure',
  storing: 'putting the file away',
};

const FAILED: Readonly<Record<ReleaseFailure, string>> = {
  storage: 'The place for releases took nothing: it is full, or may not be written to. Nothing was kept.',
  fault: 'Something of ours went wrong; the log of the service says what. Nothing was kept.',
};

/** Seconds after which somebody should look whether a worker runs. */
const TOO_LONG = 20;

/** How far a release is. */
export function progressInWords({ step }: Making, waitedSeconds: number): string {
  if (step !== null) return DOING[step];
  return waitedSeconds < TOO_LONG
    ? 'queued'
    : 'queued, no worker: no process that makes releases has taken it up. Whoever runs this instance looks whether one runs with CASEBOOK_WORKER=yes.';
}

/** Steps done, of how many. */
export function stepsDone({ step }: Making): { readonly done: number; readonly of: number } {
  return { done: step === null ? 0 : STEPS.indexOf(step) + 1, of: STEPS.length + 1 };
}

export function failureInWords(why: ReleaseFailure): string {
  return FAILED[why];
}

/** What has become of a release, in a line. */
export function standingInWords(release: Release): string {
  switch (release.state) {
    case 'making':
      return 'being made';
    case 'failed':
      return 'not made';
    case 'made':
      return release.withdrawn === null
        ? `made ${minuteOf(release.madeAt)}`
        : `withdrawn ${minuteOf(release.withdrawn.at)}`;
  }
}
