import {
  defaultLevels,
  levelsAreShares,
  PERTURBATION_FAMILIES,
  type PerturbationFamily,
} from '@casebook/agreement';
import { numberOf, oneFile, oneOf, parsedWords, wholeFrom } from '../arguments.ts';
import { UsageError } from '../usage.ts';

export const HELP = `casebook wordsim report FILE [FILE …] [--layout wide|long] [--vectors V]
  lint, provenance of gold, reliability, ceiling, resolution, exclusion audit of ratings of word pairs;
  several files, or a folder: one coder each, joined by pair
  tables: word1 word2 [gold] r1 … rk, tab or comma; long: coder,word1,word2,value[,gold][,time][,attention]
  --scale LOW:HIGH            ends of the rating scale (inferred from the values)
  --columns persons|anonymous whether a column is one person (judged from the table)
  --resamples N (300)         resamples of the bootstrap intervals

casebook wordsim sanity --gold FILE --vectors V [--method batchkarov|corrected] [--draws N (200)]
  --family uniform|gaussian|dropout|kwta|rotation
  --levels 0:3:0.2            half-widths n of the noise, or shares of components taken away;
                              0:4:0.25rms gives them in units of the vectors' own components
  --baseline FILE             a larger gold table, whose random subsets of the same size are checked too
  --landscape                 ρ over two random directions, without and with k-winners-take-all
  --threads N                 (as many as processors, at most 4)

casebook wordsim compare --gold FILE --vectors A --vectors B […] [--resamples N (1000)]
  models on the pairs that all cover: Williams, Steiger, Meng, Zou, paired bootstrap; Holm over all

casebook wordsim mrd --n N --r 0.9 [--rule rastogi|steiger] [--p 0.05]
  the smallest significant difference of two models that correlate by r

All: --seed N (1), --json. Vectors: word2vec text or binary, GloVe text, fastText .vec, JSON; gzip or plain.
`;

interface Common {
  readonly json: boolean;
  readonly seed: number;
}

export interface ReportCall extends Common {
  readonly kind: 'report';
  readonly files: readonly string[];
  readonly layout: 'wide' | 'long' | null;
  readonly vectors: string | null;
  readonly scale: { readonly low: number; readonly high: number } | null;
  readonly persons: boolean | null;
  readonly resamples: number;
}

export interface SanityCall extends Common {
  readonly kind: 'sanity';
  readonly gold: string;
  readonly vectors: string;
  readonly method: 'batchkarov' | 'corrected';
  readonly family: PerturbationFamily;
  readonly draws: number;
  readonly levels: readonly number[];
  /** Whether levels are in units of the vectors' root mean square component. */
  readonly levelsInRms: boolean;
  readonly baseline: string | null;
  readonly landscape: boolean;
  readonly threads: number | null;
}

export interface CompareCall extends Common {
  readonly kind: 'compare';
  readonly gold: string;
  readonly vectors: readonly string[];
  readonly resamples: number;
}

export interface MrdCall extends Common {
  readonly kind: 'mrd';
  readonly n: number;
  readonly r: number;
  readonly rule: 'rastogi' | 'steiger';
  readonly p: number;
}

export type WordsimCall = ReportCall | SanityCall | CompareCall | MrdCall;

const COMMON = {
  seed: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Reads the words after `casebook wordsim`; null asks for help. */
export function wordsimCall(args: readonly string[]): WordsimCall | null {
  const [name, ...rest] = args;
  if (name === '--help' || name === 'help') return null;
  switch (name) {
    case 'report':
      return reportCall(rest);
    case 'sanity':
      return sanityCall(rest);
    case 'compare':
      return compareCall(rest);
    case 'mrd':
      return mrdCall(rest);
    default:
      throw new UsageError(
        `${name === undefined ? 'there is no task' : `“${name}” is no task`}; expected report, sanity, compare or mrd\n\n${HELP}`,
      );
  }
}

function common(values: { readonly seed?: string | undefined; readonly json?: boolean | undefined }): Common {
  return { json: values.json === true, seed: wholeFrom(0, '--seed', values.seed) ?? 1 };
}

function reportCall(args: readonly string[]): ReportCall | null {
  const { values, positionals } = parsedWords(args, {
    layout: { type: 'string' },
    vectors: { type: 'string' },
    scale: { type: 'string' },
    columns: { type: 'string' },
    resamples: { type: 'string' },
    ...COMMON,
  });
  if (values.help === true) return null;
  if (positionals.length === 0) oneFile(positionals, 'a table of rated word pairs', HELP);
  return {
    kind: 'report',
    files: positionals,
    layout: values.layout === undefined ? null : oneOf('--layout', values.layout, ['wide', 'long'] as const),
    vectors: values.vectors ?? null,
    scale: values.scale === undefined ? null : scaleOf(values.scale),
    persons:
      values.columns === undefined
        ? null
        : oneOf('--columns', values.columns, ['persons', 'anonymous']) === 'persons',
    resamples: wholeFrom(0, '--resamples', values.resamples) ?? 300,
    ...common(values),
  };
}

function scaleOf(given: string): { low: number; high: number } {
  const [low = NaN, high = NaN, ...more] = given.split(':').map(Number);
  if (!(low < high) || more.length > 0) {
    throw new UsageError(`--scale is ${given}; expected two numbers, the lower first, as 1:5`);
  }
  return { low, high };
}

function sanityCall(args: readonly string[]): SanityCall | null {
  const { values, positionals } = parsedWords(args, {
    gold: { type: 'string' },
    vectors: { type: 'string' },
    method: { type: 'string' },
    family: { type: 'string' },
    draws: { type: 'string' },
    levels: { type: 'string' },
    baseline: { type: 'string' },
    landscape: { type: 'boolean' },
    threads: { type: 'string' },
    ...COMMON,
  });
  if (values.help === true) return null;
  noPositionals(positionals);
  const method = oneOf('--method', values.method ?? 'corrected', ['batchkarov', 'corrected']);
  const family = oneOf('--family', values.family ?? 'uniform', PERTURBATION_FAMILIES);
  if (method === 'batchkarov' && family !== 'uniform')
    throw new UsageError(`--family is ${family}; the published check knows uniform noise only`);
  return {
    kind: 'sanity',
    gold: required('--gold', values.gold),
    vectors: required('--vectors', values.vectors),
    method,
    family,
    draws: wholeFrom(2, '--draws', values.draws) ?? 200,
    ...levelsOf(values.levels, family),
    baseline: values.baseline ?? null,
    landscape: values.landscape === true,
    threads: wholeFrom(1, '--threads', values.threads) ?? null,
    ...common(values),
  };
}

const MOST_LEVELS = 200;

function levelsOf(
  given: string | undefined,
  family: PerturbationFamily,
): { levels: number[]; levelsInRms: boolean } {
  if (given === undefined) return { levels: defaultLevels(family), levelsInRms: false };
  const levelsInRms = given.endsWith('rms');
  const [from = NaN, to = NaN, step = NaN, ...more] = given.replace(/rms$/u, '').split(':').map(Number);
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  const shares = levelsAreShares(family);
  if (more.length > 0 || from !== 0 || !(step > 0) || !(count >= 2 && count <= MOST_LEVELS)) {
    throw new UsageError(
      `--levels is ${given}; expected 0:TO:STEP with 2 to ${MOST_LEVELS} levels, as ${shares ? '0:0.9:0.1' : '0:3:0.2'}`,
    );
  }
  if (shares && (to >= 1 || levelsInRms))
    throw new UsageError(`--levels is ${given}; expected shares of the components below 1 for ${family}`);
  // Steps such as 0.2 are no binary fractions: 3 steps are to be 0.6 and not 0.6000000000000001.
  const levels = Array.from({ length: count }, (_, at) => Number((at * step).toFixed(10)));
  return { levels, levelsInRms };
}

function compareCall(args: readonly string[]): CompareCall | null {
  const { values, positionals } = parsedWords(args, {
    gold: { type: 'string' },
    vectors: { type: 'string', multiple: true },
    resamples: { type: 'string' },
    ...COMMON,
  });
  if (values.help === true) return null;
  noPositionals(positionals);
  const vectors = values.vectors ?? [];
  if (vectors.length < 2)
    throw new UsageError(
      `--vectors is given ${vectors.length === 1 ? 'once' : 'nowhere'}; expected two models or more`,
    );
  return {
    kind: 'compare',
    gold: required('--gold', values.gold),
    vectors,
    resamples: wholeFrom(2, '--resamples', values.resamples) ?? 1000,
    ...common(values),
  };
}

function mrdCall(args: readonly string[]): MrdCall | null {
  const { values, positionals } = parsedWords(args, {
    n: { type: 'string' },
    r: { type: 'string' },
    rule: { type: 'string' },
    p: { type: 'string' },
    ...COMMON,
  });
  if (values.help === true) return null;
  noPositionals(positionals);
  const r = numberOf('--r', required('--r', values.r)) ?? 0;
  if (!(Math.abs(r) <= 1)) throw new UsageError(`--r is ${r}; expected a correlation from -1 to 1`);
  const p = numberOf('--p', values.p) ?? 0.05;
  if (!(p > 0 && p < 1)) throw new UsageError(`--p is ${p}; expected a probability between 0 and 1`);
  return {
    kind: 'mrd',
    n: wholeFrom(1, '--n', required('--n', values.n)) ?? 1,
    r,
    rule: oneOf('--rule', values.rule ?? 'rastogi', ['rastogi', 'steiger']),
    p,
    ...common(values),
  };
}

function required(option: string, given: string | undefined): string {
  if (given === undefined) throw new UsageError(`${option} is missing\n\n${HELP}`);
  return given;
}

function noPositionals([word]: readonly string[]): void {
  if (word !== undefined)
    throw new UsageError(`“${word}” belongs to no option; expected options only\n\n${HELP}`);
}
