/** Turns offsets in code points, the unit that formats use, into UTF-16 units of one text, and back. */
export class CodePointIndex {
  readonly #text: string;
  /** The UTF-16 offset of every code point, and of the end; absent where each is one unit long. */
  readonly #units: Uint32Array | null;
  readonly length: number;

  constructor(text: string) {
    this.#text = text;
    if (!/[\u{10000}-\u{10ffff}]/u.test(text)) {
      this.#units = null;
      this.length = text.length;
      return;
    }
    const units: number[] = [];
    let at = 0;
    for (const point of text) {
      units.push(at);
      at += point.length;
    }
    this.length = units.length;
    units.push(at);
    this.#units = Uint32Array.from(units);
  }

  /** The UTF-16 offset of a code point; null beyond the end. */
  unit(point: number): number | null {
    if (!Number.isInteger(point) || point < 0 || point > this.length) return null;
    return this.#units === null ? point : (this.#units[point] ?? null);
  }

  /** The text between two code points; null where they are no range of it. */
  slice(start: number, end: number): string | null {
    const [from, to] = [this.unit(start), this.unit(end)];
    return from === null || to === null || from > to ? null : this.#text.slice(from, to);
  }
}
