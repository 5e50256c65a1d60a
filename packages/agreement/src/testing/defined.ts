import { type DefinedEstimate, type UndefinedEstimate } from '../estimate.ts';

/** The estimate, if it has a value; fails the test with its reason otherwise. */
export function defined<E extends DefinedEstimate>(estimate: E | UndefinedEstimate): E {
  if (estimate.value === null) throw new Error(`undefined: ${estimate.reason}`);
  return estimate;
}

/** Why the estimate has no value; fails the test if it has one. */
export function reasonOf(estimate: DefinedEstimate | UndefinedEstimate): string {
  if (estimate.value !== null) throw new Error(`it has the value ${estimate.value}`);
  return estimate.reason;
}
