/** One answer: what a coder called a unit. The same coder may answer a unit more than once. */
export interface Answer {
  readonly unit: string;
  readonly coder: string;
  readonly label: string;
}

/**
 * Answers in typed arrays, grouped by unit: those of unit u are at `starts[u]` up to `starts[u + 1]`. Units and coders
 * are in order of appearance, labels in order of their code units, so that results do not depend on the rows' order.
 */
export interface Answers {
  readonly units: readonly string[];
  readonly coders: readonly string[];
  readonly labels: readonly string[];
  readonly starts: Int32Array;
  /** Answer → coder. */
  readonly coderOf: Int32Array;
  /** Answer → label. */
  readonly labelOf: Int32Array;
}

/** Groups answers by unit. Throws where there is none. Linear in the answers. */
export function collectAnswers(rows: Iterable<Answer>): Answers {
  const units = new Index();
  const coders = new Index();
  const labels = new Index();
  const unitOf: number[] = [];
  const coderOf: number[] = [];
  const labelOf: number[] = [];
  for (const { unit, coder, label } of rows) {
    unitOf.push(units.of(unit));
    coderOf.push(coders.of(coder));
    labelOf.push(labels.of(label));
  }
  if (unitOf.length === 0) throw new RangeError('there are no answers to aggregate');

  const sorted = labels.names.map((_, label) => label).sort((one, other) => labels.compare(one, other));
  const placeOf = new Int32Array(sorted.length);
  for (const [place, label] of sorted.entries()) placeOf[label] = place;

  const starts = new Int32Array(units.names.length + 1);
  for (const unit of unitOf) starts[unit + 1] = (starts[unit + 1] ?? 0) + 1;
  for (let unit = 0; unit < units.names.length; unit += 1) {
    starts[unit + 1] = (starts[unit + 1] ?? 0) + (starts[unit] ?? 0);
  }
  const next = starts.slice();
  const answers: Answers = {
    units: units.names,
    coders: coders.names,
    labels: sorted.map((label) => labels.names[label] ?? ''),
    starts,
    coderOf: new Int32Array(unitOf.length),
    labelOf: new Int32Array(unitOf.length),
  };
  for (const [row, unit] of unitOf.entries()) {
    const place = next[unit] ?? 0;
    next[unit] = place + 1;
    answers.coderOf[place] = coderOf[row] ?? 0;
    answers.labelOf[place] = placeOf[labelOf[row] ?? 0] ?? 0;
  }
  return answers;
}

class Index {
  readonly names: string[] = [];
  private readonly places = new Map<string, number>();

  of(name: string): number {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.names.length;
    this.places.set(name, place);
    this.names.push(name);
    return place;
  }

  compare(one: number, other: number): number {
    const [a, b] = [this.names[one] ?? '', this.names[other] ?? ''];
    return a < b ? -1 : a > b ? 1 : 0;
  }
}

/** Units whose label is known: unit → label, −1 where it is not. Throws on units or labels that have no answer. */
export function goldLabels(
  answers: Answers,
  gold: ReadonlyMap<string, string> | undefined,
): Int32Array | null {
  if (gold === undefined || gold.size === 0) return null;
  const unitOf = new Map(answers.units.map((unit, place) => [unit, place]));
  const labelOf = new Map(answers.labels.map((label, place) => [label, place]));
  const known = new Int32Array(answers.units.length).fill(-1);
  for (const [unit, label] of gold) {
    const place = unitOf.get(unit);
    if (place === undefined) throw new RangeError(`gold names the unit '${unit}', which nobody answered`);
    const found = labelOf.get(label);
    if (found === undefined)
      throw new RangeError(`gold calls '${unit}' '${label}', which nobody ever answered`);
    known[place] = found;
  }
  return known;
}
