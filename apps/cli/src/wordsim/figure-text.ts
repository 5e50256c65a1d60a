import type { StatedFigure } from '@casebook/agreement';

export function isNumber(figure: StatedFigure): figure is number {
  return typeof figure === 'number';
}

export function figureText(figure: StatedFigure, digits = 4): string {
  return typeof figure === 'number' ? figure.toFixed(digits) : `undefined (${figure.reason})`;
}
