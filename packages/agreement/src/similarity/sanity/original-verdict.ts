import { type Quantity } from '../../continuous/measurement-error.ts';
import { namedGenerator, shuffle } from '../../random.ts';
import { type DrawFigures } from './noise-draws.ts';

/** How often the original criterion, any rise of ρ from one level of noise to the next, is met by chance. */
export interface FailingProbability {
  /** Any rise over all levels. */
  readonly wholeGrid: Quantity;
  /** Any rise between levels up to n = 1. */
  readonly upToOne: Quantity;
  /** Checks that were judged. */
  readonly runs: number;
  /** Standard error of `wholeGrid`, as if every draw had served once. */
  readonly se: number | null;
}

/** How often every draw serves, each time beside others. */
const ROUNDS = 5;

/**
 * The verdict of Batchkarov et al. (2016) over seeds. Their check draws noise anew at every level, so that levels are
 * independent: a run takes each level from a draw of its own, by a random order of the draws for every level, and so
 * {@link ROUNDS} times over.
 *
 * Undefined for fewer draws than levels.
 */
export function failingProbability(
  levels: readonly number[],
  blocks: readonly DrawFigures[],
  seed = 1,
): FailingProbability {
  const count = levels.length;
  const draws = blocks.reduce((sum, { from, to }) => sum + to - from, 0);
  if (draws < count) {
    const reason = `${draws} draws are fewer than the ${count} levels of a run`;
    const nothing = { value: null, reason };
    return { wholeGrid: nothing, upToOne: nothing, runs: 0, se: null };
  }
  const rho = new Float64Array(draws * count);
  for (const block of blocks) rho.set(block.rho, block.from * count);
  const generator = namedGenerator('runs of the original check', seed);
  let anywhere = 0;
  let early = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const orders = levels.map(() =>
      shuffle(
        Uint32Array.from({ length: draws }, (_, draw) => draw),
        generator,
      ),
    );
    for (let run = 0; run < draws; run++) {
      let rises = false;
      let risesEarly = false;
      let before = NaN;
      for (const [level, n] of levels.entries()) {
        const value = rho[(orders[level]?.[run] ?? 0) * count + level] ?? NaN;
        if (value > before) {
          rises = true;
          if (n <= 1 + 1e-9) risesEarly = true;
        }
        before = value;
      }
      if (rises) anywhere += 1;
      if (risesEarly) early += 1;
    }
  }
  const share = anywhere / (ROUNDS * draws);
  return {
    wholeGrid: { value: share },
    upToOne: { value: early / (ROUNDS * draws) },
    runs: ROUNDS * draws,
    se: Math.sqrt((share * (1 - share)) / draws),
  };
}
