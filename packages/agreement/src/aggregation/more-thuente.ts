/** A function along a line: its value and slope at a step. */
type AlongLine = (step: number) => { readonly value: number; readonly slope: number };

interface End {
  readonly at: number;
  readonly value: number;
  readonly slope: number;
}

interface Bracket {
  best: End;
  other: End;
  closed: boolean;
}

const LEAST = 1e-100;
const MOST = 1e100;
const ROUNDING = 1e-14;

/**
 * The line search of Moré & Thuente (1994, "Line search algorithms with guaranteed sufficient decrease"): a step at
 * which the function has fallen by at least `decrease` of what its slope at 0 promises and the slope has shrunk to
 * `curvature` of that slope. Null where 100 trials find none.
 *
 * @param start value and slope at 0; the slope must be negative
 */
export function moreThuente(
  along: AlongLine,
  start: { readonly value: number; readonly slope: number },
  first: number,
  decrease: number,
  curvature: number,
): number | null {
  const origin: End = { at: 0, ...start };
  const promised = decrease * start.slope;
  const bracket: Bracket = { best: origin, other: origin, closed: false };
  let modified = true;
  let width = MOST - LEAST;
  let widthBefore = 2 * width;
  let low = 0;
  let high = 5 * first;
  let step = first;
  for (let trial = 0; trial < 100; trial += 1) {
    const here: End = { at: step, ...along(step) };
    const wanted = start.value + step * promised;
    if (here.value <= wanted && Math.abs(here.slope) <= -curvature * start.slope) return step;
    if (bracket.closed && (step <= low || step >= high || high - low <= ROUNDING * high)) return null;
    if (!Number.isFinite(here.value) || step >= MOST || step <= LEAST) return null;
    if (here.value <= wanted && here.slope >= 0) modified = false;
    // Until a step has decreased enough, the function without its promised decrease is searched.
    const tilt = modified && here.value <= bracket.best.value && here.value > wanted ? promised : 0;
    step = nextStep(bracket, here, tilt, low, high);
    if (bracket.closed) {
      const span = Math.abs(bracket.other.at - bracket.best.at);
      if (span >= 0.66 * widthBefore) step = (bracket.best.at + bracket.other.at) / 2;
      widthBefore = width;
      width = span;
      low = Math.min(bracket.best.at, bracket.other.at);
      high = Math.max(bracket.best.at, bracket.other.at);
    } else {
      low = step + 1.1 * (step - bracket.best.at);
      high = step + 4 * (step - bracket.best.at);
    }
    step = Math.min(Math.max(step, LEAST), MOST);
    if (bracket.closed && (step <= low || step >= high || high - low <= ROUNDING * high)) {
      step = bracket.best.at;
    }
  }
  return null;
}

function tilted(end: End, tilt: number): End {
  return { at: end.at, value: end.value - end.at * tilt, slope: end.slope - tilt };
}

/** Puts a trial into the bracket and chooses the next by the four cases of section 4 of the paper. */
function nextStep(bracket: Bracket, trial: End, tilt: number, low: number, high: number): number {
  const best = tilted(bracket.best, tilt);
  const here = tilted(trial, tilt);
  const against = here.slope * Math.sign(best.slope);
  let next: number;
  let closes = bracket.closed;
  if (here.value > best.value) {
    const cubic = cubicMinimum(best, here);
    const ratio = (best.value - here.value) / (here.at - best.at) + best.slope;
    const quadratic = best.at + (best.slope / ratio / 2) * (here.at - best.at);
    next =
      Math.abs(cubic - best.at) <= Math.abs(quadratic - best.at) ? cubic : cubic + (quadratic - cubic) / 2;
    closes = true;
  } else if (against < 0) {
    const cubic = cubicMinimum(here, best);
    const secant = secantStep(here, best);
    next = Math.abs(cubic - here.at) > Math.abs(secant - here.at) ? cubic : secant;
    closes = true;
  } else if (Math.abs(here.slope) < Math.abs(best.slope)) {
    next = flatteningStep(bracket, best, here, tilt, low, high);
  } else if (bracket.closed) {
    next = cubicMinimum(here, tilted(bracket.other, tilt));
  } else {
    next = here.at > best.at ? high : low;
  }
  if (here.value > best.value) bracket.other = trial;
  else {
    if (against < 0) bracket.other = bracket.best;
    bracket.best = trial;
  }
  bracket.closed = closes;
  return next;
}

function flatteningStep(
  { closed, other }: Bracket,
  best: End,
  here: End,
  tilt: number,
  low: number,
  high: number,
): number {
  const beyond = here.at > best.at ? high : low;
  const { theta, gamma } = cubicTerms(here, best, true);
  const weight = gamma - here.slope + theta;
  const ratio = weight / (gamma + (best.slope - here.slope) + gamma);
  const cubic = ratio < 0 && gamma !== 0 ? here.at + ratio * (best.at - here.at) : beyond;
  const secant = secantStep(here, best);
  const cubicCloser = Math.abs(cubic - here.at) < Math.abs(secant - here.at);
  if (!closed) return Math.min(Math.max(cubicCloser ? secant : cubic, low), high);
  const next = cubicCloser ? cubic : secant;
  const limit = here.at + 0.66 * (tilted(other, tilt).at - here.at);
  return here.at > best.at ? Math.min(limit, next) : Math.max(limit, next);
}

/** θ and γ of the cubic through two ends, γ with the sign that leads from the first to the minimum. */
function cubicTerms(from: End, to: End, guarded = false): { theta: number; gamma: number } {
  const theta = (3 * (from.value - to.value)) / (to.at - from.at) + from.slope + to.slope;
  const scale = Math.max(Math.abs(theta), Math.abs(from.slope), Math.abs(to.slope));
  const inside = (theta / scale) ** 2 - (from.slope / scale) * (to.slope / scale);
  const root = scale * Math.sqrt(guarded ? Math.max(0, inside) : inside);
  return { theta, gamma: to.at < from.at ? -root : root };
}

/** Where the cubic through two ends has its minimum. */
function cubicMinimum(from: End, to: End): number {
  const { theta, gamma } = cubicTerms(from, to);
  const share = (gamma - from.slope + theta) / (gamma - from.slope + gamma + to.slope);
  return from.at + share * (to.at - from.at);
}

function secantStep(from: End, to: End): number {
  return from.at + (from.slope / (from.slope - to.slope)) * (to.at - from.at);
}
