/**
 * The x at which a rising distribution function reaches p, by bracketing and bisection on the
 * floating-point grid of the bracket; stops when the bracket cannot be halved any more.
 */
export function searchQuantile(target: (x: number) => number, low: number, high: number): number {
  let below = low;
  let above = high;
  for (let step = 0; step < 200; step++) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    if (target(middle) < 0) below = middle;
    else above = middle;
  }
  return below + (above - below) / 2;
}
