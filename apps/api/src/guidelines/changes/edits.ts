/** A run of a list: in both versions, only in the earlier one, or only in the later one. */
export interface Run<Thing> {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly things: readonly Thing[];
}

/** Beyond so many differences what differs is said to be replaced as a whole: time and memory grow with their square. */
const MOST_DIFFERENCES = 1_000;

/**
 * The shortest way from one list to another, as runs: the kept and removed ones together are the first list, the kept
 * and added ones the second. Where something is both removed and added, the removed comes first. The greedy algorithm
 * of E. W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1 (1986).
 */
export function edits<Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  same: (one: Thing, other: Thing) => boolean = Object.is,
): Run<Thing>[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && areSame(before, head, after, head, same)) head += 1;
  let tail = 0;
  while (
    tail < shorter - head &&
    areSame(before, before.length - 1 - tail, after, after.length - 1 - tail, same)
  ) {
    tail += 1;
  }
  const middle = between(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
    same,
  );
  return joined([
    { kind: 'kept', things: after.slice(0, head) },
    ...middle,
    { kind: 'kept', things: after.slice(after.length - tail) },
  ]);
}

function areSame<Thing>(
  before: readonly Thing[],
  at: number,
  after: readonly Thing[],
  there: number,
  same: (one: Thing, other: Thing) => boolean,
): boolean {
  const [one] = before.slice(at, at + 1);
  const [other] = after.slice(there, there + 1);
  return one !== undefined && other !== undefined && same(one, other);
}

function between<Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  same: (one: Thing, other: Thing) => boolean,
): Run<Thing>[] {
  const replaced: Run<Thing>[] = [
    { kind: 'removed', things: before },
    { kind: 'added', things: after },
  ];
  if (before.length === 0 || after.length === 0) return replaced;
  const most = Math.min(before.length + after.length, MOST_DIFFERENCES);
  // furthest[k]: how far the first list is read on diagonal k; one copy for each number of differences.
  let furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let differences = 0; differences <= most; differences += 1) {
    trace.push(furthest);
    furthest = new Map(furthest);
    for (let k = -differences; k <= differences; k += 2) {
      let x = startOf(furthest, k, differences);
      while (x < before.length && x - k < after.length && areSame(before, x, after, x - k, same)) x += 1;
      furthest.set(k, x);
      if (x >= before.length && x - k >= after.length) return walkedBack(before, after, trace);
    }
  }
  return replaced;
}

function goesDown(furthest: ReadonlyMap<number, number>, k: number, differences: number): boolean {
  if (k === -differences) return true;
  return k !== differences && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1);
}

function startOf(furthest: ReadonlyMap<number, number>, k: number, differences: number): number {
  return goesDown(furthest, k, differences) ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
}

function walkedBack<Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  trace: readonly ReadonlyMap<number, number>[],
): Run<Thing>[] {
  const runs: Run<Thing>[] = [];
  let x = before.length;
  let y = after.length;
  for (const [differences, furthest] of [...trace.entries()].reverse()) {
    const k = x - y;
    const down = goesDown(furthest, k, differences);
    const fromX = differences === 0 ? 0 : (furthest.get(down ? k + 1 : k - 1) ?? 0);
    const fromY = differences === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    const kept = Math.min(x - fromX, y - fromY);
    runs.push({ kind: 'kept', things: after.slice(y - kept, y) });
    if (differences > 0) {
      runs.push(
        down
          ? { kind: 'added', things: after.slice(fromY, fromY + 1) }
          : { kind: 'removed', things: before.slice(fromX, fromX + 1) },
      );
    }
    x = fromX;
    y = fromY;
  }
  return runs.reverse();
}

/** Neighbours of a kind as one run, what was removed before what was added in its place, nothing empty. */
function joined<Thing>(runs: readonly Run<Thing>[]): Run<Thing>[] {
  const result: Run<Thing>[] = [];
  let removed: Thing[] = [];
  let added: Thing[] = [];
  let kept: Thing[] = [];
  const flush = (): void => {
    if (removed.length > 0) result.push({ kind: 'removed', things: removed });
    if (added.length > 0) result.push({ kind: 'added', things: added });
    removed = [];
    added = [];
  };
  for (const { kind, things } of runs) {
    if (things.length === 0) continue;
    if (kind === 'kept') {
      flush();
      kept = [...kept, ...things];
      continue;
    }
    if (kept.length > 0) result.push({ kind: 'kept', things: kept });
    kept = [];
    if (kind === 'removed') removed.push(...things);
    else added.push(...things);
  }
  flush();
  if (kept.length > 0) result.push({ kind: 'kept', things: kept });
  return result;
}
