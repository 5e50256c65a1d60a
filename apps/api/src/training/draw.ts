import { namedGenerator, shuffle } from '@casebook/agreement';
import type { Generator } from '@casebook/agreement';
import type { UnitId } from '@casebook/contracts';

/** A unit that training may ask. */
export interface Candidate {
  readonly id: UnitId;
  readonly itemId: string;
  /** The kind of its gold answer. */
  readonly kind: string;
}

interface Draw {
  /** How many are asked; all where there are fewer. */
  readonly length: number;
  /** `run`: units next to each other, so that what comes before is a text read once; `any`: wherever they stand. */
  readonly manner: 'run' | 'any';
  /** What this coder was asked before. */
  readonly asked: ReadonlySet<UnitId>;
  readonly seed: number;
}

/**
 * What a time through training asks, in the order of the candidates: what was not asked before goes first, then that
 * the kinds of gold answers are as evenly spread as they can be; what is left to choice is left to the seed.
 *
 * In runs, every stretch of consecutive candidates of one item competes; of those with the most that is new, one of
 * the quarter that is most evenly spread is drawn. Where no item has enough, further items add their own stretches.
 *
 * @param candidates in reading order, item by item.
 */
export function drawTraining(candidates: readonly Candidate[], draw: Draw): UnitId[] {
  const generator = namedGenerator('what training asks', draw.seed);
  const drawn =
    draw.manner === 'run' ? drawRuns(candidates, draw, generator) : drawAny(candidates, draw, generator);
  const chosen = new Set(drawn.map(({ id }) => id));
  return candidates.flatMap(({ id }) => (chosen.has(id) ? [id] : []));
}

function drawRuns(
  candidates: readonly Candidate[],
  { length, asked }: Draw,
  generator: Generator,
): readonly Candidate[] {
  const left = new Map(Map.groupBy(candidates, ({ itemId }) => itemId));
  const drawn: Candidate[] = [];
  while (drawn.length < length && left.size > 0) {
    const wanted = length - drawn.length;
    const most = Math.min(wanted, Math.max(...[...left.values()].map((units) => units.length)));
    const stretches = [...left.values()].flatMap((units) =>
      units.length < most
        ? []
        : Array.from({ length: units.length - most + 1 }, (_, start) => units.slice(start, start + most)),
    );
    const ranked = stretches
      .map((units) => ({
        units,
        fresh: units.filter(({ id }) => !asked.has(id)).length,
        evenness: evennessOf(units),
      }))
      .sort((one, other) => other.fresh - one.fresh || other.evenness - one.evenness);
    const freshest = ranked.filter(({ fresh }) => fresh === ranked[0]?.fresh);
    const best = freshest[generator.below(Math.ceil(freshest.length / 4))];
    if (best === undefined) break;
    drawn.push(...best.units);
    left.delete(best.units[0]?.itemId ?? '');
  }
  return drawn;
}

/** The entropy of the kinds: the higher, the more evenly they are spread. */
function evennessOf(units: readonly Candidate[]): number {
  const shares = [...Map.groupBy(units, ({ kind }) => kind).values()].map((of) => of.length / units.length);
  return shares.reduce((sum, share) => sum - share * Math.log(share), 0);
}

/** One of each kind in turn, until there are enough; what was not asked before first. */
function drawAny(
  candidates: readonly Candidate[],
  { length, asked }: Draw,
  generator: Generator,
): readonly Candidate[] {
  const byKind = [...Map.groupBy(candidates, ({ kind }) => kind).values()].map((units) => {
    const order = shuffle([...units], generator);
    return [...order.filter(({ id }) => !asked.has(id)), ...order.filter(({ id }) => asked.has(id))];
  });
  const turns = Math.max(0, ...byKind.map((units) => units.length));
  const inTurn = Array.from({ length: turns }, (_, turn) =>
    byKind.flatMap((units) => units[turn] ?? []),
  ).flat();
  const fresh = inTurn.filter(({ id }) => !asked.has(id));
  return [...fresh, ...inTurn.filter(({ id }) => asked.has(id))].slice(0, length);
}
