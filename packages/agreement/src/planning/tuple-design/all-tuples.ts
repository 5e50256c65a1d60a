/** How many distinct tuples there are: the binomial coefficient; beyond 2^53 rounded. */
export function numberOfTuples(items: number, size: number): number {
  let count = 1;
  for (let taken = 1; taken <= size; taken++) count = (count * (items - size + taken)) / taken;
  return Math.round(count);
}

/** Every tuple of `size` of the items 0 … `items` − 1, in lexicographic order. */
export function everyTuple(items: number, size: number): number[][] {
  const tuples: number[][] = [];
  const chosen: number[] = [];
  const choose = (from: number): void => {
    if (chosen.length === size) {
      tuples.push([...chosen]);
      return;
    }
    for (let item = from; item <= items - (size - chosen.length); item++) {
      chosen.push(item);
      choose(item + 1);
      chosen.pop();
    }
  };
  choose(0);
  return tuples;
}

/** Every tuple that is not among those given. */
export function complementOf(
  leftOut: readonly (readonly number[])[],
  items: number,
  size: number,
): number[][] {
  const known = new Set(leftOut.map(tupleName));
  return everyTuple(items, size).filter((tuple) => !known.has(tupleName(tuple)));
}

/** The same for the same items in whichever order. */
export function tupleName(tuple: readonly number[]): string {
  return [...tuple].sort((one, other) => one - other).join(' ');
}
