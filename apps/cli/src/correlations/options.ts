import { numberOf, oneFile, oneOf, parsedWords, wholeFrom } from '../arguments.ts';
import { UsageError } from '../usage.ts';

export const HELP = `casebook correlations FILE --gold COLUMN --models A,B[,C] [--json]

How well models' figures correlate with gold ones, and whether any two models differ. FILE is a table
with a header, separated by commas or tabs; - is stdin. Rows in which one of the columns is empty are
left out, and counted.
  --gold COLUMN       the column of gold figures
  --models A,B,C      the columns of the models, two or more
  --correlation spearman|pearson     (spearman)
  --method williams   Williams' T2, t with n − 3 degrees of freedom (default)
           steiger    Steiger's Z        meng    Meng, Rosenthal and Rubin's Z
           zou        Zou's interval of the difference; p is the level at which it meets 0
           bootstrap  pairs drawn with replacement, the same for both models
  --confidence L (0.95)   --resamples N (1000)   --seed N (1)
  --json
p values are two-sided; pHolm is adjusted over all pairs of models. Correlations come with Fisher's
interval, or Bonett and Wright's for Spearman's; differences with Zou's, or the bootstrap's.
`;

const METHODS = ['williams', 'steiger', 'meng', 'zou', 'bootstrap'] as const;
export type Method = (typeof METHODS)[number];
const CORRELATIONS = ['spearman', 'pearson'] as const;
export type Correlation = (typeof CORRELATIONS)[number];

export interface CorrelationsCall {
  readonly file: string;
  readonly gold: string;
  readonly models: readonly string[];
  readonly correlation: Correlation;
  readonly method: Method;
  readonly confidence: number;
  readonly resamples: number;
  readonly seed: number;
  readonly json: boolean;
}

/** Reads the words after `casebook correlations`; null asks for help. */
export function correlationsCall(args: readonly string[]): CorrelationsCall | null {
  const { values, positionals } = parsedWords(args, {
    gold: { type: 'string' },
    models: { type: 'string' },
    correlation: { type: 'string' },
    method: { type: 'string' },
    confidence: { type: 'string' },
    resamples: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) return null;
  const file = oneFile(positionals, 'a table', HELP);
  const { gold } = values;
  if (gold === undefined) throw new UsageError('--gold is missing; expected the name of a column');
  const models = (values.models ?? '').split(',').map((name) => name.trim());
  if (models.length < 2 || models.includes(''))
    throw new UsageError(`--models is ${values.models ?? 'missing'}; expected two columns or more, as A,B`);
  const doubled = [gold, ...models].find((name, place, names) => names.indexOf(name) !== place);
  if (doubled !== undefined) throw new UsageError(`the column ${doubled} is named twice; expected each once`);
  const confidence = numberOf('--confidence', values.confidence) ?? 0.95;
  if (!(confidence > 0 && confidence < 1))
    throw new UsageError(`--confidence is ${confidence}; expected a number between 0 and 1`);
  return {
    file,
    gold,
    models,
    correlation: oneOf('--correlation', values.correlation ?? 'spearman', CORRELATIONS),
    method: oneOf('--method', values.method ?? 'williams', METHODS),
    confidence,
    resamples: wholeFrom(2, '--resamples', values.resamples) ?? 1000,
    seed: wholeFrom(0, '--seed', values.seed) ?? 1,
    json: values.json === true,
  };
}
