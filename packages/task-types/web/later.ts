import type { SectionWork, WorkUnit } from '../section-work.ts';

/**
 * The unit to come back to: of those left for later the next behind the current one, else the first. Null where
 * none is left but the current one.
 */
export function nextPostponed<Unit>({
  units,
  current,
  postponed,
}: Pick<SectionWork<Unit, never, never>, 'units' | 'current' | 'postponed'>): WorkUnit<Unit> | null {
  const others = new Set(postponed.map(({ id }) => id));
  if (current !== null) others.delete(current.id);
  const left = units.filter(({ id }) => others.has(id));
  const from = units.findIndex(({ id }) => id === current?.id);
  return left.find((unit) => units.indexOf(unit) > from) ?? left[0] ?? null;
}
