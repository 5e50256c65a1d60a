/** ψ(x) = d ln Γ(x) / dx for x > 0: recurrence up to 6, then the asymptotic series; error below 1e-12. */
export function digamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 6) {
    shift -= 1 / at;
    at += 1;
  }
  const square = 1 / (at * at);
  const series =
    square *
    (1 / 12 -
      square *
        (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - square * (691 / 32760))))));
  return shift + Math.log(at) - 0.5 / at - series;
}
