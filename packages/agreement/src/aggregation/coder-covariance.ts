import type { Answers } from './answers.ts';

/** Agreement beyond chance of every two coders who share a unit, as rows of a sparse symmetric matrix. */
export interface CoderCovariance {
  /** Coder → where his row begins. */
  readonly starts: Int32Array;
  readonly colleague: Int32Array;
  /** (K · agreement − 1) / (K − 1), whose expectation is the product of the two skills. */
  readonly value: Float64Array;
}

/** Counts, for every two coders, the units they share and on how many of these they agree. */
export function coderCovariance(answers: Answers): CoderCovariance {
  const coders = answers.coders.length;
  const { starts, coderOf, labelOf } = answers;
  const labels = answers.labels.length;
  const byCoder: number[][] = Array.from({ length: coders }, () => []);
  const unitOf = new Int32Array(coderOf.length);
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
      unitOf[at] = unit;
      byCoder[coderOf[at] ?? 0]?.push(at);
    }
  }
  const rows = new Int32Array(coders + 1);
  const colleague: number[] = [];
  const value: number[] = [];
  const shared = new Float64Array(coders);
  const agreed = new Float64Array(coders);
  for (const [coder, own] of byCoder.entries()) {
    const met = new Set<number>();
    for (const mine of own) {
      const unit = unitOf[mine] ?? 0;
      for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
        const other = coderOf[at] ?? 0;
        if (other === coder) continue;
        met.add(other);
        shared[other] = (shared[other] ?? 0) + 1;
        if (labelOf[at] === labelOf[mine]) agreed[other] = (agreed[other] ?? 0) + 1;
      }
    }
    for (const other of [...met].sort((one, another) => one - another)) {
      colleague.push(other);
      value.push(((labels * (agreed[other] ?? 0)) / (shared[other] ?? 1) - 1) / (labels - 1));
      shared[other] = 0;
      agreed[other] = 0;
    }
    rows[coder + 1] = colleague.length;
  }
  return { starts: rows, colleague: Int32Array.from(colleague), value: Float64Array.from(value) };
}
