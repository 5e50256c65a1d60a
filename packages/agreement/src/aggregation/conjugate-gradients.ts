import { moreThuente } from './more-thuente.ts';

/** A function to be minimised: its value at a point, whose gradient it writes to the second array. */
export type Differentiable = (point: Float64Array, gradient: Float64Array) => number;

const DECREASE = 1e-4;
const CURVATURE = 0.4;
/** Powell's condition: how much of the gradient a new direction must go down. */
const DESCENT = 0.01;

/**
 * Nonlinear conjugate gradients of Polak and Ribière, restarted where their β is negative (Nocedal & Wright 2006, p.
 * 121), each step by a line search that satisfies the strong Wolfe conditions. Moves `point` and returns the value
 * there. Ends where no component of the gradient exceeds `atMost`, after `iterations`, or where no step goes down.
 */
export function conjugateGradients(
  of: Differentiable,
  point: Float64Array,
  atMost: number,
  iterations: number,
): number {
  let gradient = new Float64Array(point.length);
  let tried = new Float64Array(point.length);
  const place = new Float64Array(point.length);
  let value = of(point, gradient);
  const direction = gradient.map((slope) => -slope);
  let before = value + Math.sqrt(dot(gradient, gradient)) / 2;
  for (let round = 0; round < iterations && largest(gradient) > atMost; round += 1) {
    const slope = dot(gradient, direction);
    let valueThere = value;
    const guess = (1.01 * 2 * (value - before)) / slope;
    const step = moreThuente(
      (length) => {
        for (let at = 0; at < place.length; at += 1) {
          place[at] = (point[at] ?? 0) + length * (direction[at] ?? 0);
        }
        valueThere = of(place, tried);
        return { value: valueThere, slope: dot(tried, direction) };
      },
      { value, slope },
      guess < 0 ? 1 : Math.min(1, guess),
      DECREASE,
      CURVATURE,
    );
    if (step === null) return value;
    const turn = Math.max(0, (dot(tried, tried) - dot(gradient, tried)) / dot(gradient, gradient));
    for (let at = 0; at < direction.length; at += 1) {
      direction[at] = turn * (direction[at] ?? 0) - (tried[at] ?? 0);
    }
    point.set(place);
    [gradient, tried] = [tried, gradient];
    [before, value] = [value, valueThere];
    if (dot(gradient, direction) > -DESCENT * dot(gradient, gradient)) {
      for (let at = 0; at < direction.length; at += 1) direction[at] = -(gradient[at] ?? 0);
    }
  }
  return value;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
