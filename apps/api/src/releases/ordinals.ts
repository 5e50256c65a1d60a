/** The kinds of things that rows point at, each with the digit that its ids show. */
const KINDS = {
  ...{ coder: '1', document: '2', task: '3', section: '4', unit: '5', judgement: '6', validation: '7' },
} as const;
export type IdKind = keyof typeof KINDS;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gu;

/**
 * Ids that tell no time: of the form of a UUIDv7 at the epoch, counting up from 1 within their kind in the order of the
 * ids that they stand for, so that whatever is sorted by id keeps its order.
 */
export class Ordinals {
  readonly #of = new Map<string, string>();

  add(kind: IdKind, ids: readonly string[]): void {
    const block = `00000000-0000-700${KINDS[kind]}-8000-`;
    for (const [index, id] of [...new Set(ids)].sort().entries())
      this.#of.set(id, `${block}${String(index + 1).padStart(12, '0')}`);
  }

  /** The same value with every id that is known replaced, wherever in a text it stands. */
  in(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value).replace(UUID, (id) => this.#of.get(id) ?? id));
  }
}

/** Ranks of moments: 1 for the earliest, equal ones equal. */
export function momentsOf(times: readonly number[]): (time: number) => number {
  const ranks = new Map(
    [...new Set(times)].sort((one, other) => one - other).map((time, index) => [time, index + 1]),
  );
  return (time) => ranks.get(time) ?? 0;
}
