import { type Scale } from './scale.ts';
import { StudyError } from './study-error.ts';
import { type Study } from './study.ts';

/** Ratings in the order of the input, as parallel columns of indices. */
export interface RatingColumns {
  readonly unitOf: Uint32Array;
  readonly coderOf: Uint32Array;
  readonly categoryOf: Uint32Array;
  /** The 1-based row of the input of every rating, for messages. */
  readonly rowOf: Uint32Array | null;
}

/** Orders ratings by unit, then coder (two counting sorts), and refuses a second value in a cell. */
export function compileStudy(
  units: readonly string[],
  coders: readonly string[],
  scale: Scale,
  columns: RatingColumns,
): Study {
  if (coders.length < 2) {
    throw new StudyError(
      'too-few-coders',
      `Agreement needs at least two coders; ${coders.length === 1 ? `only "${coders[0] ?? ''}" was found` : 'none was found'}.`,
    );
  }
  const byCoder = stableOrder(columns.coderOf, coders.length, null);
  const order = stableOrder(columns.unitOf, units.length, byCoder);
  const ratings = order.length;
  const offsets = new Uint32Array(units.length + 1);
  const coderOf = new Uint32Array(ratings);
  const categoryOf = new Uint32Array(ratings);
  let previousUnit = -1;
  let previousCoder = -1;
  for (let position = 0; position < ratings; position++) {
    const source = order[position] ?? 0;
    const unit = columns.unitOf[source] ?? 0;
    const coder = columns.coderOf[source] ?? 0;
    if (unit === previousUnit && coder === previousCoder) {
      refuseDuplicate(units[unit] ?? '', coders[coder] ?? '', columns, order[position - 1] ?? 0, source);
    }
    coderOf[position] = coder;
    categoryOf[position] = columns.categoryOf[source] ?? 0;
    offsets[unit + 1] = position + 1;
    previousUnit = unit;
    previousCoder = coder;
  }
  for (let unit = 0; unit < units.length; unit++) {
    if ((offsets[unit + 1] ?? 0) < (offsets[unit] ?? 0)) offsets[unit + 1] = offsets[unit] ?? 0;
  }
  return { units, coders, scale, offsets, coderOf, categoryOf };
}

function stableOrder(keys: Uint32Array, keyCount: number, within: Uint32Array | null): Uint32Array {
  const starts = new Uint32Array(keyCount + 1);
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  for (let key = 0; key < keyCount; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const source = within === null ? i : (within[i] ?? 0);
    const key = keys[source] ?? 0;
    const position = starts[key] ?? 0;
    order[position] = source;
    starts[key] = position + 1;
  }
  return order;
}

function refuseDuplicate(
  unit: string,
  coder: string,
  columns: RatingColumns,
  first: number,
  second: number,
): never {
  const row = columns.rowOf?.[second] ?? second + 1;
  const earlier = columns.rowOf?.[first] ?? first + 1;
  throw new StudyError(
    'duplicate',
    `coder "${coder}" has a second value for unit "${unit}" (the first is in row ${earlier}). ` +
      'Choose one occasion, or ask for the reliability of a coder with himself.',
    row,
  );
}
