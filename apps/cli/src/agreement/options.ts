import { numberOf, oneFile, oneOf, parsedWords, wholeFrom } from '../arguments.ts';
import type { Layout } from '../ratings/layout.ts';
import type { RatingsRequest } from '../ratings/read-ratings.ts';
import { UsageError } from '../usage.ts';
import {
  type Interval,
  INTERVALS,
  type Level,
  LEVELS,
  type MeasureName,
  MEASURES,
  SET_DISTANCES,
  type SetDistance,
} from './measure-names.ts';

export const HELP = `casebook agreement FILE [--layout wide|long] [--measure a,b|all] [--json]

How well coders agree. FILE is a table separated by commas or tabs, or JSON rows; - is stdin.
  --layout wide       a header, then a row a unit and a column a coder; an empty cell is missing;
                      a first column named unit or id holds the units' names
  --layout long       columns unit, coder, value [, occasion]; the default where a header has those three
  JSON rows           [{"unit":"u1","A":1,"B":2}, …], [{"unit":"u1","coder":"A","value":1}, …], one such
                      object a line, or [[1,2], …], units × coders
  sets                a|b|c, and | for the empty set: where --distance is given, or --level is not and
                      a value holds a |
  --missing A,B       words that are missing values besides the empty cell
  --categories A,B,C  all categories in their order, used or not; the order of --level ordinal for names
  --coders A,B        only these coders
  --occasion O        only judgements of this occasion (a column of the long layout)
  --intra-coder       coders with themselves: occasions take the coders' place

Measures (a few that suit the file where none is named, all of them with --measure all):
  percent-agreement bennett-s fleiss-kappa conger-kappa light-kappa gwet-ac krippendorff-alpha
  of two coders: scott-pi cohen-kappa kappa-max pabak pearson spearman kendall-tau-b
  of numbers: icc (all six forms) lin-ccc kendall-w cronbach-alpha apiaa amiaa split-half
  alpha-u, alone: stretches of one continuum, columns coder,start,end,category; positions are whole
                      numbers, end is the first position after the stretch; a row with nothing
                      but a coder is one who marked nothing
  --continuum A:B     where the continuum begins and ends (first position, first after); from the first
                      stretch to the last where left out
  --level nominal|ordinal|interval|ratio|circular|bipolar      Krippendorff's metric (nominal)
  --weights identity|linear|quadratic|ordinal|radical|ratio|circular|bipolar|FILE
                      Gwet's weights of all weighted measures (identity), for alpha in place of --level;
                      a FILE holds a square of agreement weights (1 on the diagonal; with 0 there,
                      disagreements), best with a header and a first column of categories
  --distance masi|passonneau|jaccard|dice      of sets, for alpha (masi)

Intervals and tests:
  --ci analytic|linearised|jackknife|percentile|bca|krippendorff|none      each measure's own where left out
  --confidence L (0.95)   --resamples N (1000)   --seed N (1)
  --divisor n|n-1     of analytic variances; n reproduces tables of two coders
  --over units|units-and-coders     what the bootstrap draws (units)

  --diagnostics       by category, by coder, by unit; every two coders; confusion or coincidences
  --json              one JSON document; undefined is {"value":null,"reason":"…"}
`;

export interface AgreementCall {
  readonly ratings: RatingsRequest;
  /** Null where none is named. */
  readonly measures: readonly MeasureName[] | null;
  /** Null where it is not stated. */
  readonly level: Level | null;
  /** A scheme's name or a file's, as given. */
  readonly weights: string | null;
  readonly distance: SetDistance | null;
  readonly categories: readonly string[] | null;
  readonly continuum: { readonly begin: number; readonly end: number } | null;
  /** Null where it is not stated. */
  readonly interval: Interval | null;
  readonly confidence: number;
  readonly resamples: number | null;
  readonly divisor: 'n' | 'n-1' | null;
  readonly over: 'units' | 'units-and-coders' | null;
  readonly seed: number;
  readonly diagnostics: boolean;
  readonly json: boolean;
}

const OPTIONS = {
  layout: { type: 'string' },
  measure: { type: 'string' },
  level: { type: 'string' },
  weights: { type: 'string' },
  distance: { type: 'string' },
  categories: { type: 'string' },
  coders: { type: 'string' },
  missing: { type: 'string' },
  occasion: { type: 'string' },
  'intra-coder': { type: 'boolean' },
  continuum: { type: 'string' },
  ci: { type: 'string' },
  confidence: { type: 'string' },
  resamples: { type: 'string' },
  divisor: { type: 'string' },
  over: { type: 'string' },
  seed: { type: 'string' },
  diagnostics: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const LAYOUTS: readonly Layout[] = ['wide', 'long'];

/** Reads the words after `casebook agreement`; null asks for help. */
export function agreementCall(args: readonly string[]): AgreementCall | null {
  const { values, positionals } = parsedWords(args, OPTIONS);
  if (values.help === true) return null;
  const file = oneFile(positionals, 'a table', HELP);
  const chosen = <Choice extends string>(
    option: string,
    given: string | undefined,
    choices: readonly Choice[],
  ): Choice | null => (given === undefined ? null : oneOf(option, given, choices));
  const call: AgreementCall = {
    ratings: {
      file,
      layout: chosen('--layout', values.layout, LAYOUTS),
      missing: listOf('--missing', values.missing) ?? [],
      coders: listOf('--coders', values.coders),
      occasion: values.occasion ?? null,
      intraCoder: values['intra-coder'] === true,
    },
    measures: measuresOf(values.measure),
    level: chosen('--level', values.level, LEVELS),
    weights: values.weights === undefined || values.weights === 'unweighted' ? null : values.weights,
    distance: chosen('--distance', values.distance, SET_DISTANCES),
    categories: listOf('--categories', values.categories),
    continuum: continuumOf(values.continuum),
    interval: chosen('--ci', values.ci, INTERVALS),
    confidence: shareOf('--confidence', values.confidence) ?? 0.95,
    resamples: wholeFrom(2, '--resamples', values.resamples) ?? null,
    divisor: chosen('--divisor', values.divisor, ['n', 'n-1'] as const),
    over: chosen('--over', values.over, ['units', 'units-and-coders'] as const),
    seed: wholeFrom(0, '--seed', values.seed) ?? 1,
    diagnostics: values.diagnostics === true,
    json: values.json === true,
  };
  refuseContradictions(call);
  return call;
}

function refuseContradictions(call: AgreementCall): void {
  const { ratings, distance, weights, level, measures, continuum } = call;
  if (ratings.occasion !== null && ratings.intraCoder)
    throw new UsageError('--occasion and --intra-coder are both given; expected one of the two');
  if (distance !== null && weights !== null)
    throw new UsageError('--distance and --weights are both given; expected one of the two');
  if (distance !== null && level !== null && level !== 'nominal')
    throw new UsageError(`--distance is of sets and --level ${level} of numbers; expected one of the two`);
  if (distance !== null && call.categories !== null)
    throw new UsageError('--categories are of names and numbers; expected none with --distance');
  const unitizing = measures?.includes('alpha-u') === true && measures.length < MEASURES.length;
  if (unitizing && measures.length > 1)
    throw new UsageError('alpha-u reads stretches of a continuum, other measures ratings; expected it alone');
  if (continuum !== null && !unitizing) throw new UsageError('--continuum is for --measure alpha-u');
  if (weights === '-' && ratings.file === '-')
    throw new UsageError('FILE and --weights are both -; stdin is read once');
}

function measuresOf(given: string | undefined): readonly MeasureName[] | null {
  if (given === undefined) return null;
  const names = listOf('--measure', given) ?? [];
  if (names.includes('all')) return MEASURES;
  return [...new Set(names.map((name) => oneOf('--measure', name, MEASURES)))];
}

/** Words between commas; null where the option is not given. */
function listOf(option: string, given: string | undefined): readonly string[] | null {
  if (given === undefined) return null;
  const words = given.split(',').map((word) => word.trim());
  const doubled = words.find((word, place) => words.indexOf(word) !== place);
  if (doubled !== undefined) throw new UsageError(`${option} has ${doubled} twice; expected each once`);
  if (words.includes('')) throw new UsageError(`${option} is ${given}; expected words between commas`);
  return words;
}

function shareOf(option: string, given: string | undefined): number | undefined {
  const value = numberOf(option, given);
  if (value !== undefined && !(value > 0 && value < 1))
    throw new UsageError(`${option} is ${value}; expected a number between 0 and 1`);
  return value;
}

function continuumOf(given: string | undefined): AgreementCall['continuum'] {
  if (given === undefined) return null;
  const [, begin, end] = /^(-?\d+):(-?\d+)$/u.exec(given) ?? [];
  if (begin === undefined || end === undefined || Number(begin) >= Number(end))
    throw new UsageError(`--continuum is ${given}; expected two whole numbers as 0:500`);
  return { begin: Number(begin), end: Number(end) };
}
