/** Units numbered from one to another, both included. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** Numbers as people write them: `3, 17–20; 31`. Null where it can’t be read so. */
export function parseUnitNumbers(text: string): readonly NumberRange[] | null {
  const ranges: NumberRange[] = [];
  for (const part of text.split(/[,;\n]+/u)) {
    const written = part.trim();
    if (written === '') continue;
    const found = /^(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?$/u.exec(written);
    if (found === null) return null;
    const from = Number(found[1]);
    const to = found[2] === undefined ? from : Number(found[2]);
    if (from < 1 || to < from) return null;
    ranges.push({ from, to });
  }
  return ranges;
}
