/** A number, or why there is none: what JSON holds where a figure may be undefined. */
export type StatedFigure = number | { readonly value: null; readonly reason: string };

export function figureOf(
  stated: { readonly value: number } | { readonly value: null; readonly reason: string },
): StatedFigure {
  return stated.value === null ? { value: null, reason: stated.reason } : stated.value;
}
