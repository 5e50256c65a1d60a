/** JSON with the keys of every object in order: equal values have equal texts, so their hashes can be compared. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) => {
    if (typeof child !== 'object' || child === null || Array.isArray(child)) return child;
    return Object.fromEntries(Object.entries(child).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
