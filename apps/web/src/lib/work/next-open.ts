/**
 * The unit to go on with after `after`: the next open one in order, else the first open one before it; null where
 * all are judged. From the start where `after` is null.
 */
export function nextOpen<Id>(
  units: readonly { readonly id: Id }[],
  after: Id | null,
  isOpen: (id: Id) => boolean,
): Id | null {
  const position = units.findIndex(({ id }) => id === after);
  const ordered = [...units.slice(position + 1), ...units.slice(0, position + 1)];
  return ordered.find(({ id }) => isOpen(id))?.id ?? null;
}

/** Where each unit stands in its section. */
export function positionsOf<Id>(units: readonly { readonly id: Id }[]): ReadonlyMap<Id, number> {
  return new Map(units.map(({ id }, position) => [id, position]));
}
