/** A number, or why there is none: what JSON holds where a figure may be undefined. */
export type Figure = number | { readonly value: null; readonly reason: string };

export function figureOf(
  stated: { readonly value: number } | { readonly value: null; readonly reason: string },
): Figure {
  return stated.value === null ? { value: null, reason: stated.reason } : stated.value;
}

export function isNumber(figure: Figure): figure is number {
  return typeof figure === 'number';
}

export function figureText(figure: Figure, digits = 4): string {
  return typeof figure === 'number' ? figure.toFixed(digits) : `undefined (${figure.reason})`;
}
