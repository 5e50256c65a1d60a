import { holm } from '../../comparison/holm.ts';
import { williamsT2 } from '../../comparison/williams-t2.ts';
import { type Quantity } from '../../continuous/measurement-error.ts';
import { DEFAULT_LEVEL } from '../../inference/interval-options.ts';
import { type ModelTask } from '../model/embedding.ts';
import { type DrawFigures, type DrawPlan } from './noise-draws.ts';
import { levelsAreShares } from './perturbation.ts';

/** One level of damage, over all draws. */
export interface DamageLevel {
  /** Half-width of uniform noise, or the share of components taken away. */
  readonly n: number;
  /** n in units of the vectors' own components (root mean square); undefined for shares, which have no scale. */
  readonly nOverRms: Quantity;
  /** E[ρ | n] over draws. */
  readonly mean: Quantity;
  /** Standard deviation of ρ over draws, the pairs being these. */
  readonly sdDraws: number;
  /** Standard deviation that other pairs of the same kind would give, noise averaged out. */
  readonly sdPairs: number;
  /** Range of the middle 95 % of draws. */
  readonly low: number;
  readonly high: number;
  /** ρ₀ − ρₙ, with a bootstrap interval over pairs and draws together. */
  readonly loss: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Two-sided Williams test of ρ₀ = ρₙ at the means over draws. */
  readonly p: Quantity;
  readonly pHolm: Quantity;
  /** Share of draws in which Williams' test finds a loss at .05, one-sided: whether damage is noticed, not a gain. */
  readonly power: Quantity;
}

export interface CorrectedCheck {
  readonly rho0: Quantity;
  readonly levels: readonly DamageLevel[];
  /**
   * The smallest level whose loss is found with power .8 or more; where damage is the same in every draw, the smallest
   * whose loss the one-sided test finds, its power being null.
   */
  readonly resolution:
    | { readonly n: number; readonly nOverRms: number | null; readonly power: number | null }
    | { readonly value: null; readonly reason: string };
}

const POWER = 0.8;
const SIGNIFICANT = 0.05;
const NOTHING_DONE = 'nothing is taken away at this level';

/** Puts the draws of all blocks together. Throws RangeError where they are not all the draws of the plan. */
export function correctedCheck(
  task: ModelTask,
  plan: DrawPlan,
  blocks: readonly DrawFigures[],
): CorrectedCheck {
  const drawn = blocks.reduce((sum, { from, to }) => sum + to - from, 0);
  if (drawn !== plan.draws) throw new RangeError(`${drawn} of ${plan.draws} draws were made.`);
  const count = plan.levels.length;
  const tableOf = (name: 'rho' | 'withUndamaged' | 'onOwnResample' | 'onPreviousResample'): Float64Array => {
    const table = new Float64Array(plan.draws * count);
    for (const block of blocks) table.set(block[name], block.from * count);
    return table;
  };
  const rho = tableOf('rho');
  const withUndamaged = tableOf('withUndamaged');
  const own = tableOf('onOwnResample');
  const previous = tableOf('onPreviousResample');
  const column = (table: Float64Array, level: number): Float64Array =>
    Float64Array.from({ length: plan.draws }, (_, draw) => table[draw * count + level] ?? NaN);
  const rho0 = rho[0] ?? NaN;
  const isRandom = plan.family !== 'kwta';
  const undamagedOn = column(own, 0);
  const levels = plan.levels.map((n, level): DamageLevel => {
    const values = column(rho, level);
    const defined = values.filter((value) => !Number.isNaN(value)).sort();
    const overlap = meanOf(column(withUndamaged, level));
    // Equal values have that mean exactly, which a sum of them need not.
    const mean = defined.length > 0 && defined[0] === defined.at(-1) ? (defined[0] ?? NaN) : meanOf(values);
    const onOwn = column(own, level);
    // Draw d + 1 saw the pairs of resample d, so the covariance of the two is what pairs alone make.
    const onSame = Float64Array.from({ length: plan.draws }, (_, draw) => {
      const next = (draw + 1) % plan.draws;
      return previous[next * count + level] ?? NaN;
    });
    const losses = onOwn
      .map((value, draw) => (undamagedOn[draw] ?? NaN) - value)
      .filter((value) => !Number.isNaN(value))
      .sort();
    const test = n === 0 ? null : williamsT2({ r1: rho0, r2: mean, r12: overlap, n: task.pairs });
    return {
      n,
      nOverRms: relativeLevel(plan, task, n),
      mean: Number.isNaN(mean) ? { value: null, reason: 'ρ is undefined in every draw' } : { value: mean },
      sdDraws: deviation(defined, mean),
      sdPairs: Math.sqrt(Math.max(0, covariance(onOwn, onSame))),
      low: quantile(defined, (1 - DEFAULT_LEVEL) / 2),
      high: quantile(defined, (1 + DEFAULT_LEVEL) / 2),
      loss:
        losses.length === 0
          ? null
          : { value: rho0 - mean, low: quantile(losses, 0.025), high: quantile(losses, 0.975) },
      p:
        test === null
          ? { value: null, reason: NOTHING_DONE }
          : test.kind === 'defined'
            ? { value: test.pTwoSided }
            : { value: null, reason: test.reason },
      pHolm: { value: null, reason: NOTHING_DONE },
      power: !isRandom
        ? { value: null, reason: 'the damage is the same in every draw, so its loss is found or it is not' }
        : { value: n === 0 ? 0 : shareDetected(task, rho0, values, column(withUndamaged, level)) },
    };
  });
  const adjusted = withHolm(levels);
  return {
    rho0: Number.isNaN(rho0)
      ? { value: null, reason: 'gold or the similarities are constant' }
      : { value: rho0 },
    levels: adjusted,
    resolution: resolutionOf(adjusted),
  };
}

function relativeLevel(plan: DrawPlan, task: ModelTask, n: number): Quantity {
  if (levelsAreShares(plan.family)) return { value: null, reason: 'levels are shares of the components' };
  return task.rms > 0 ? { value: n / task.rms } : { value: null, reason: 'all vectors are zero' };
}

function withHolm(levels: readonly DamageLevel[]): DamageLevel[] {
  const tested = levels.filter((level) => level.p.value !== null);
  const adjusted = holm(tested.map((level) => level.p.value ?? 1));
  const byLevel = new Map(tested.map((level, index) => [level.n, adjusted[index] ?? 1]));
  return levels.map((level) => {
    const own = byLevel.get(level.n);
    return { ...level, pHolm: own === undefined ? level.p : { value: own } };
  });
}

function resolutionOf(levels: readonly DamageLevel[]): CorrectedCheck['resolution'] {
  const found = levels.find(({ power, p, loss }) =>
    power.value === null
      ? p.value !== null && loss !== null && loss.value > 0 && p.value / 2 < SIGNIFICANT
      : power.value >= POWER,
  );
  if (found !== undefined) return { n: found.n, nOverRms: found.nOverRms.value, power: found.power.value };
  const most = Math.max(...levels.map(({ power }) => power.value ?? 0));
  return {
    value: null,
    reason: levels.some(({ power }) => power.value === null)
      ? 'no level’s loss is found'
      : `no level's loss is found with power ${POWER}; the most is ${most.toFixed(2)}`,
  };
}

function shareDetected(task: ModelTask, rho0: number, values: Float64Array, overlaps: Float64Array): number {
  let found = 0;
  for (let draw = 0; draw < values.length; draw++) {
    const test = williamsT2({ r1: rho0, r2: values[draw] ?? NaN, r12: overlaps[draw] ?? NaN, n: task.pairs });
    if (test.kind === 'defined' && test.pOneSided < SIGNIFICANT) found += 1;
  }
  return found / values.length;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? NaN : sum / count;
}

function deviation(values: Float64Array, mean: number): number {
  if (values.length < 2) return 0;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

function covariance(x: Float64Array, y: Float64Array): number {
  const meanX = meanOf(x);
  const meanY = meanOf(y);
  let sum = 0;
  let count = 0;
  for (let at = 0; at < x.length; at++) {
    const product = ((x[at] ?? NaN) - meanX) * ((y[at] ?? NaN) - meanY);
    if (Number.isNaN(product)) continue;
    sum += product;
    count += 1;
  }
  return count < 2 ? 0 : sum / (count - 1);
}

/** Linear interpolation between order statistics (Hyndman & Fan's type 7); 0 for no values. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below] ?? 0;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
