/** Sorts names so that each comes after those it refers to, and otherwise by name. */
export function inOrderOfReference(
  names: readonly string[],
  references: readonly { readonly from: string; readonly to: string }[],
): readonly string[] {
  const ordered: string[] = [];
  const placed = new Set<string>();
  let waiting = [...names];
  while (waiting.length > 0) {
    const ready = waiting.filter((name) =>
      references.every(({ from, to }) => from !== name || placed.has(to) || !names.includes(to)),
    );
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${waiting.join(', ')}`);
    for (const name of ready) placed.add(name);
    ordered.push(...ready);
    waiting = waiting.filter((name) => !placed.has(name));
  }
  return ordered;
}
