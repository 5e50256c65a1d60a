import {
  type AlphaMetric,
  categoryLabels,
  type Scale,
  type Study,
  WEIGHT_NAMES,
  type WeightScheme,
} from '@casebook/agreement';
import { studyOf } from '../ratings/study.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { readValues, type ValueReading } from '../ratings/values.ts';
import { nameOf, readText } from '../tables/read-text.ts';
import { type Terminal, UsageError } from '../usage.ts';
import type { Level, SetDistance } from './measure-names.ts';
import type { AgreementCall } from './options.ts';
import { type WeightTable, weightTable } from './weights-file.ts';

/** How categories are compared: Gwet's weights for most measures, a metric for alpha. */
export interface Scheme {
  /** Null where the categories are sets. */
  readonly level: Level | null;
  /** Null where they are not. */
  readonly distance: SetDistance | null;
  readonly weights: WeightScheme;
  /** `custom` for those of a file. */
  readonly weightsName: string;
  readonly metric: AlphaMetric;
}

export interface ReadStudy {
  readonly study: Study;
  readonly scheme: Scheme;
  readonly remarks: readonly string[];
}

type GivenWeights =
  | { readonly kind: 'none' }
  | { readonly kind: 'named'; readonly name: (typeof WEIGHT_NAMES)[number] }
  | { readonly kind: 'file'; readonly file: string; readonly table: WeightTable };

/** Reads the values of a table as the call's level, weights and distance want them. */
export async function readStudy(
  table: RatingTable,
  call: AgreementCall,
  terminal: Terminal,
): Promise<ReadStudy> {
  const given = await givenWeights(call.weights, terminal);
  const categories = call.categories ?? (given.kind === 'file' ? ascending(given.table.categories) : null);
  const values = readValues(table, valueReading(call, given, categories));
  const { scale } = values;
  const needsNumbers = call.level !== null && call.level !== 'nominal' && call.level !== 'ordinal';
  if (needsNumbers && scale.kind !== 'numeric')
    throw new UsageError(`--level ${call.level} needs numbers; the categories are names`);
  const scheme = schemeOf(call, given, scale);
  return { study: studyOf(table, values), scheme, remarks: values.remarks };
}

/** Numbers are a scale of their own, in whatever order a file has them. */
function ascending(names: readonly string[] | null): readonly string[] | null {
  const areNumbers = names?.every((name) => name !== '' && Number.isFinite(Number(name))) === true;
  return areNumbers ? [...names].sort((a, b) => Number(a) - Number(b)) : names;
}

function valueReading(
  { level, distance }: AgreementCall,
  given: GivenWeights,
  categories: readonly string[] | null,
): ValueReading {
  const weighs = given.kind !== 'none' && !(given.kind === 'named' && given.name === 'identity');
  if (distance !== null) return { as: 'sets', why: '', categories: null };
  if (level !== null && level !== 'nominal') return { as: 'numbers', why: `--level ${level}`, categories };
  if (given.kind === 'named' && weighs) return { as: 'numbers', why: `--weights ${given.name}`, categories };
  const isOpen = level === null && !weighs && categories === null;
  return { as: isOpen ? 'as-found' : 'numbers-or-text', why: '', categories };
}

async function givenWeights(given: string | null, terminal: Terminal): Promise<GivenWeights> {
  if (given === null) return { kind: 'none' };
  const name = WEIGHT_NAMES.find((known) => known === given);
  if (name !== undefined) return { kind: 'named', name };
  if (/^[a-z]+$/u.test(given))
    throw new UsageError(`--weights is ${given}; expected ${WEIGHT_NAMES.join(', ')} or a file (./${given})`);
  const file = nameOf(given);
  return { kind: 'file', file, table: weightTable(await readText(given, terminal), file) };
}

function schemeOf({ level, distance }: AgreementCall, given: GivenWeights, scale: Scale): Scheme {
  const areSets = scale.kind === 'sets';
  const own = {
    level: areSets ? null : (level ?? 'nominal'),
    distance: areSets ? (distance ?? 'masi') : null,
  };
  switch (given.kind) {
    case 'none':
      return {
        ...own,
        weights: 'identity',
        weightsName: 'identity',
        metric: own.distance ?? own.level ?? 'nominal',
      };
    case 'named':
      return {
        ...own,
        weights: given.name,
        weightsName: given.name,
        metric: { kind: 'weights', weights: given.name },
      };
    case 'file': {
      const weights = inOrderOf(scale, given.table, given.file);
      return { ...own, weights, weightsName: 'custom', metric: { kind: 'weights', weights } };
    }
  }
}

/** The weights in the order of the scale's categories. */
function inOrderOf(scale: Scale, { categories, weights }: WeightTable, file: string): number[][] {
  const labels = categoryLabels(scale);
  const names = categories?.map((name) => (scale.kind === 'numeric' ? String(Number(name)) : name)) ?? labels;
  if (weights.length !== names.length || labels.some((label) => !names.includes(label)))
    throw new UsageError(
      `${file}: there are ${weights.length} rows${categories === null ? '' : ` for ${names.join(', ')}`}; expected ${labels.length}, for ${labels.join(', ')}`,
    );
  const places = labels.map((label) => names.indexOf(label));
  return places.map((row) => places.map((column) => weights[row]?.[column] ?? 0));
}
