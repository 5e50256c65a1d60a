import type { Refusal } from '../events.ts';

/**
 * Bad input at a place. Thrown inside a format's parser and turned into a `refused` event by its reader:
 * it never leaves this package.
 */
export class SourceFault extends Error {
  readonly line: number;
  readonly column: number;
  readonly expected: string;

  constructor(place: { line: number; column: number }, reason: string, expected: string) {
    super(reason);
    this.name = 'SourceFault';
    this.line = place.line;
    this.column = place.column;
    this.expected = expected;
  }

  in(file: string): Refusal {
    return { file, line: this.line, column: this.column, reason: this.message, expected: this.expected };
  }
}

/** The 1-based column, in code points, of an offset in UTF-16 units. */
export function columnAt(text: string, offset: number): number {
  let column = 1;
  for (let index = 0; index < offset && index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff) index += 1;
    column += 1;
  }
  return column;
}

/** Runs a parser's step; a fault comes back as a value, anything else is thrown on. */
export function faultOf(step: () => void): SourceFault | null {
  try {
    step();
    return null;
  } catch (error) {
    if (error instanceof SourceFault) return error;
    throw error;
  }
}

/** Input as it may appear in a message: short, on one line, in quotes. */
export function quoted(text: string): string {
  const points = Array.from(text.slice(0, 120));
  const shown = points.length > 40 ? `${points.slice(0, 39).join('')}…` : points.join('');
  return JSON.stringify(shown);
}
