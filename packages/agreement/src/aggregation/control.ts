/** What a long fit is told from outside. */
export interface FitControl {
  /** Called after every iteration with the share of the permitted iterations that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Stops between iterations, throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Options of every model that is fitted in iterations. */
export interface IterationOptions extends FitControl {
  /** At most this many iterations. */
  readonly iterations?: number;
  /** Stop once the objective grows by less than this share of its size. Negative: run all iterations. */
  readonly tolerance?: number;
}

/** A fit in slices: yields the share done after every iteration, returns the result. */
export type Fitting<Result> = Generator<number, Result, undefined>;

/** Runs a fit to its end without giving way. */
export function runFit<Result>(fitting: Fitting<Result>, control: FitControl = {}): Result {
  for (;;) {
    control.signal?.throwIfAborted();
    const step = fitting.next();
    if (step.done === true) return step.value;
    control.onProgress?.(step.value);
  }
}

/**
 * Runs a fit in slices of some 30 ms, giving way to the event loop between them, so that a page stays alive and an
 * abort signal set meanwhile is seen.
 */
export async function runFitInSlices<Result>(
  fitting: Fitting<Result>,
  control: FitControl = {},
): Promise<Result> {
  let since = Date.now();
  for (;;) {
    control.signal?.throwIfAborted();
    const step = fitting.next();
    if (step.done === true) return step.value;
    control.onProgress?.(step.value);
    if (Date.now() - since < 30) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = Date.now();
  }
}

/** What counts as at rest where no tolerance ends the ascent. */
const AT_REST = 1e-7;

/** The objective of an ascent, iteration by iteration, and whether it has come to rest. */
export class Ascent {
  readonly history: number[] = [];
  converged = false;
  private readonly tolerance: number;
  private readonly smallest: number;

  /** @param smallest growth that never counts, however small the objective is */
  constructor(tolerance: number, smallest = tolerance) {
    this.tolerance = tolerance;
    this.smallest = smallest;
  }

  /** Adds a value; true where it grew by less than the tolerance's share of its size, never with a negative one. */
  record(value: number): boolean {
    const last = this.history.at(-1);
    this.history.push(value);
    if (last === undefined) return false;
    const share = this.tolerance < 0 ? AT_REST : this.tolerance;
    this.converged = value - last <= Math.max(share * Math.abs(value), this.smallest);
    return this.tolerance >= 0 && this.converged;
  }

  get value(): number {
    return this.history.at(-1) ?? -Infinity;
  }
}

/** Checks what all fits want of their options. */
export function requireIterations(iterations: number): void {
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(`the number of iterations is ${iterations}; expected a whole number from 1`);
  }
}
