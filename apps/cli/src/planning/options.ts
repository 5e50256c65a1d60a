import { numberOf, oneOf, parsedWords, wholeFrom } from '../arguments.ts';
import { UsageError } from '../usage.ts';

export const HELP = `casebook plan agreement|correlation|split-half --width W [--json]

How many units a study needs for an interval of full width W: by formula, and what comes of it in
simulated studies of that size (mean width of their intervals, the share no wider than W, and where
the truth is a parameter the share that holds it).

  plan agreement      nominal alpha, or the intraclass correlation ICC(1)
    --measure krippendorff-alpha|icc    (krippendorff-alpha)
    --coders M (3)    --expected A (0.7)
    --categories K    as many, equally frequent (2); or their shares, as 0.8,0.15,0.05     not for icc
    --missing S       share of ratings that will be missing (0)                            not for icc
  plan correlation    a correlation with gold figures
    --correlation spearman|pearson|kendall (spearman)    --expected R (0.5)
  plan split-half     the split-half reliability of mean ratings, stepped up by Spearman and Brown
    --coders M (10)   --expected R (0.8)
    --wanted R        how many coders reach this reliability
    The formula is Fisher's interval of one split, stepped up; the mean over splits varies less, so such
    intervals hold the truth more often than they say.

  --confidence L (0.95)   --studies N (500, split-half 200; 0 for none)   --seed N (1)   --json
`;

const CORRELATION_KINDS = ['spearman', 'pearson', 'kendall'] as const;
export type CorrelationKind = (typeof CORRELATION_KINDS)[number];

interface Common {
  readonly width: number;
  readonly expected: number;
  readonly confidence: number;
  readonly studies: number;
  readonly seed: number;
}

export interface AgreementCall extends Common {
  readonly plan: 'agreement';
  readonly measure: 'krippendorff-alpha' | 'icc';
  readonly coders: number;
  /** Share of every category. */
  readonly categories: readonly number[];
  readonly missing: number;
}

export interface CorrelationCall extends Common {
  readonly plan: 'correlation';
  readonly correlation: CorrelationKind;
}

export interface SplitHalfCall extends Common {
  readonly plan: 'split-half';
  readonly coders: number;
  readonly wanted: number | null;
}

export interface PlanCall {
  readonly plan: AgreementCall | CorrelationCall | SplitHalfCall;
  readonly json: boolean;
}

const PLANS = ['agreement', 'correlation', 'split-half'] as const;

const OPTIONS = {
  width: { type: 'string' },
  measure: { type: 'string' },
  coders: { type: 'string' },
  categories: { type: 'string' },
  expected: { type: 'string' },
  missing: { type: 'string' },
  correlation: { type: 'string' },
  wanted: { type: 'string' },
  confidence: { type: 'string' },
  studies: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const OWN_OPTIONS: Readonly<Record<(typeof PLANS)[number], readonly string[]>> = {
  agreement: ['measure', 'coders', 'categories', 'missing'],
  correlation: ['correlation'],
  'split-half': ['coders', 'wanted'],
};
const SHARED_OPTIONS = ['width', 'expected', 'confidence', 'studies', 'seed', 'json'];

/** Reads the words after `casebook plan`; null asks for help. */
export function planCall(args: readonly string[]): PlanCall | null {
  const { values, positionals } = parsedWords(args, OPTIONS);
  if (values.help === true) return null;
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0)
    throw new UsageError(`the plan is ${positionals.join(' ') || 'missing'}; expected one\n\n${HELP}`);
  const plan = oneOf('the plan', name, PLANS);
  for (const option of Object.keys(values)) {
    if (!SHARED_OPTIONS.includes(option) && !OWN_OPTIONS[plan].includes(option))
      throw new UsageError(`--${option} is not for plan ${plan}`);
  }
  const width = numberOf('--width', values.width);
  if (width === undefined || !(width > 0 && width < 2))
    throw new UsageError(`--width is ${values.width ?? 'missing'}; expected a number between 0 and 2`);
  const common = {
    width,
    confidence: shareOf('--confidence', values.confidence, 0.95),
    studies: wholeFrom(0, '--studies', values.studies) ?? (plan === 'split-half' ? 200 : 500),
    seed: wholeFrom(0, '--seed', values.seed) ?? 1,
  };
  return { plan: ownPlan(plan, common, values), json: values.json === true };
}

type Values = ReturnType<typeof parsedWords<typeof OPTIONS>>['values'];

function ownPlan(
  plan: (typeof PLANS)[number],
  common: Omit<Common, 'expected'>,
  values: Values,
): PlanCall['plan'] {
  switch (plan) {
    case 'agreement': {
      const measure = oneOf('--measure', values.measure ?? 'krippendorff-alpha', [
        'krippendorff-alpha',
        'icc',
      ] as const);
      if (measure === 'icc' && (values.categories !== undefined || values.missing !== undefined))
        throw new UsageError('--categories and --missing are for krippendorff-alpha');
      return {
        ...common,
        plan,
        measure,
        expected: shareOf('--expected', values.expected, 0.7),
        coders: wholeFrom(2, '--coders', values.coders) ?? 3,
        categories: categoriesOf(values.categories ?? '2'),
        missing: values.missing === undefined ? 0 : shareOf('--missing', values.missing, 0),
      };
    }
    case 'correlation': {
      const expected = numberOf('--expected', values.expected) ?? 0.5;
      if (!(Math.abs(expected) < 1))
        throw new UsageError(`--expected is ${expected}; expected a number between -1 and 1`);
      const correlation = oneOf('--correlation', values.correlation ?? 'spearman', CORRELATION_KINDS);
      return { ...common, plan, expected, correlation };
    }
    case 'split-half':
      return {
        ...common,
        plan,
        expected: shareOf('--expected', values.expected, 0.8),
        coders: wholeFrom(2, '--coders', values.coders) ?? 10,
        wanted: values.wanted === undefined ? null : shareOf('--wanted', values.wanted, 0),
      };
  }
}

function shareOf(option: string, given: string | undefined, otherwise: number): number {
  const value = numberOf(option, given) ?? otherwise;
  if (!(value > 0 && value < 1))
    throw new UsageError(`${option} is ${value}; expected a number between 0 and 1`);
  return value;
}

function categoriesOf(given: string): number[] {
  if (!given.includes(',')) {
    const count = wholeFrom(2, '--categories', given) ?? 2;
    return new Array<number>(count).fill(1 / count);
  }
  const shares = given.split(',').map((share) => shareOf('--categories', share.trim(), 0));
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-6)
    throw new UsageError(`--categories add up to ${sum}; expected shares that add up to 1`);
  return shares;
}
