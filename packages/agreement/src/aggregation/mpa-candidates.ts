import type { Answers } from './answers.ts';

/**
 * The candidates of a mention-pair model: every distinct label that someone gave a mention is an event of its own,
 * and every answer to the mention says of it yes or no. Tables are coders × classes, row by row, each row filled up to a
 * multiple of four so that the inner loops can hold four sums at once.
 */
export interface Candidates {
  readonly classes: readonly string[];
  /** Cells of a row of a table. */
  readonly stride: number;
  /** Mention → its first candidate. */
  readonly starts: Int32Array;
  /** Candidate → label. */
  readonly labelOf: Int32Array;
  /** Candidate → class of its label. */
  readonly classOf: Int32Array;
  /** Answer → the candidate that it says yes to. */
  readonly chosen: Int32Array;
  /** Answer → its coder's row in a table. */
  readonly rowOf: Int32Array;
  /** Answer → the cell of its coder and of the class that it says yes to. */
  readonly cellOf: Int32Array;
  /** Table: candidates that a coder was asked about, and those that he said yes to. */
  readonly asked: Float64Array;
  readonly yes: Float64Array;
  /** Class → candidates. */
  readonly ofClass: Float64Array;
}

/** `DO(m17)` is of class DO: what stands before the antecedent. */
export function classBeforeAntecedent(label: string): string {
  const end = label.indexOf('(');
  return end === -1 ? label : label.slice(0, end);
}

export function candidatesOf(answers: Answers, classOfLabel: (label: string) => string): Candidates {
  const names = answers.labels.map(classOfLabel);
  const classes = [...new Set(names)].sort();
  const stride = Math.ceil(classes.length / 4) * 4;
  const placeOf = new Map(classes.map((name, place) => [name, place]));
  const classOfName = Int32Array.from(names, (name) => placeOf.get(name) ?? 0);

  const starts = new Int32Array(answers.units.length + 1);
  const chosen = new Int32Array(answers.labelOf.length);
  const labelOf = new Int32Array(answers.labelOf.length);
  let candidates = 0;
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    const first = candidates;
    for (let at = answers.starts[unit] ?? 0; at < (answers.starts[unit + 1] ?? 0); at += 1) {
      const label = answers.labelOf[at] ?? 0;
      let candidate = first;
      while (candidate < candidates && labelOf[candidate] !== label) candidate += 1;
      if (candidate === candidates) {
        labelOf[candidate] = label;
        candidates += 1;
      }
      chosen[at] = candidate;
    }
    starts[unit + 1] = candidates;
  }
  const labels = labelOf.slice(0, candidates);
  const classOf = labels.map((label) => classOfName[label] ?? 0);
  const rowOf = new Int32Array(chosen.length);
  const cellOf = new Int32Array(chosen.length);
  for (let at = 0; at < chosen.length; at += 1) {
    const row = (answers.coderOf[at] ?? 0) * stride;
    rowOf[at] = row;
    cellOf[at] = row + (classOf[chosen[at] ?? 0] ?? 0);
  }
  return {
    classes,
    stride,
    starts,
    labelOf: labels,
    classOf,
    chosen,
    rowOf,
    cellOf,
    ...countAnswers(answers, stride, starts, classOf, rowOf, cellOf),
  };
}

function countAnswers(
  answers: Answers,
  stride: number,
  starts: Int32Array,
  classOf: Int32Array,
  rowOf: Int32Array,
  cellOf: Int32Array,
): Pick<Candidates, 'asked' | 'yes' | 'ofClass'> {
  const asked = new Float64Array(answers.coders.length * stride);
  const yes = new Float64Array(asked.length);
  const ofClass = new Float64Array(stride);
  const here = new Float64Array(stride);
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    here.fill(0);
    for (let candidate = starts[unit] ?? 0; candidate < (starts[unit + 1] ?? 0); candidate += 1) {
      const own = classOf[candidate] ?? 0;
      here[own] = (here[own] ?? 0) + 1;
      ofClass[own] = (ofClass[own] ?? 0) + 1;
    }
    for (let at = answers.starts[unit] ?? 0; at < (answers.starts[unit + 1] ?? 0); at += 1) {
      const row = rowOf[at] ?? 0;
      const cell = cellOf[at] ?? 0;
      yes[cell] = (yes[cell] ?? 0) + 1;
      for (let kind = 0; kind < stride; kind += 1)
        asked[row + kind] = (asked[row + kind] ?? 0) + (here[kind] ?? 0);
    }
  }
  return { asked, yes, ofClass };
}
