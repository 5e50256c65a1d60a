/** Parts items into those that hang together by comparisons, directly or through others; in order of appearance. */
export function connectedItems(comparisons: Iterable<readonly [string, string]>): string[][] {
  const parent = new Map<string, string>();
  const rootOf = (item: string): string => {
    let root = item;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    return root;
  };
  for (const [one, other] of comparisons) {
    for (const item of [one, other]) if (!parent.has(item)) parent.set(item, item);
    parent.set(rootOf(other), rootOf(one));
  }
  return [...Map.groupBy(parent.keys(), rootOf).values()];
}
