import { COMPARISON_MODELS, type ComparisonModel, LABEL_MODELS, type LabelModel } from '@casebook/agreement';
import { numberOf, oneFile, parsedWords, wholeFrom } from '../arguments.ts';
import { UsageError } from '../usage.ts';

export const HELP = `casebook aggregate FILE --model MODEL [--json]

One label for every task, from many workers:
  --model majority|wawa|zbs|dawid-skene|one-coin|mace|glad|kos|mmsr|mpa
  FILE has the columns task,worker,label (or unit,coder,value);
                      for mpa mention_id,annotator_id[,gold],annotation
  --variant em|vb     mace: smoothed EM, or variational Bayes (default)
  --restarts N        mace: random starts (10)
  --pooling none|partial   mpa: priors of coders flat (default), or centred on the class by empirical Bayes
  --gold FILE         task,label: the share of tasks that got their gold label

One scale for all items, from comparisons:
  --model bradley-terry|noisy-bradley-terry|plackett-luce   columns winner,loser[,coder]
  --model best-worst  columns tuple,coder,items(a|b|c|d),best,worst
  --prior P           precision of a normal prior on log strengths (0; noisy 0.01)

  --iterations N      at most N, ended early where --tolerance says so; without --tolerance likelihood
                      models other than glad run all N
  --tolerance T       end once the objective grows by less than T of its size
  --seed N (1)  --json
FILE may be - for stdin; tables are separated by commas or tabs.
`;

type ModelChoice =
  | { readonly kind: 'labels'; readonly model: LabelModel }
  | { readonly kind: 'mention-pairs' }
  | { readonly kind: 'comparisons'; readonly model: ComparisonModel }
  | { readonly kind: 'best-worst' };

export interface AggregateCall {
  readonly file: string;
  readonly choice: ModelChoice;
  readonly gold: string | null;
  readonly json: boolean;
  readonly seed: number;
  /** What was given of the fit's options; absent ones are the model's own. */
  readonly fit: {
    readonly iterations?: number;
    readonly tolerance?: number;
    readonly restarts?: number;
    readonly variant?: 'vb' | 'em';
    readonly pooling?: 'none' | 'partial';
    readonly priorPrecision?: number;
  };
}

/** Reads the words after `casebook aggregate`; null asks for help. */
export function aggregateCall(args: readonly string[]): AggregateCall | null {
  const { values, positionals } = parsed(args);
  if (values.help === true) return null;
  const file = oneFile(positionals, 'a table', HELP);
  const choice = modelOf(values.model);
  const { variant, pooling } = values;
  if (variant !== undefined && variant !== 'em' && variant !== 'vb') {
    throw new UsageError(`--variant is ${variant}; expected em or vb`);
  }
  if (variant !== undefined && !(choice.kind === 'labels' && choice.model === 'mace')) {
    throw new UsageError('--variant is for mace');
  }
  if (pooling !== undefined && pooling !== 'none' && pooling !== 'partial') {
    throw new UsageError(`--pooling is ${pooling}; expected none or partial`);
  }
  if (pooling !== undefined && choice.kind !== 'mention-pairs') throw new UsageError('--pooling is for mpa');
  const hasLabels = choice.kind === 'labels' || choice.kind === 'mention-pairs';
  if (values.gold !== undefined && !hasLabels) throw new UsageError('--gold is for models of labels');
  const iterations = wholeFrom(1, '--iterations', values.iterations);
  const restarts = wholeFrom(1, '--restarts', values.restarts);
  const tolerance = numberOf('--tolerance', values.tolerance);
  const prior = numberOf('--prior', values.prior);
  if (prior !== undefined && prior < 0) throw new UsageError(`--prior is ${prior}; expected 0 or more`);
  return {
    file,
    choice,
    gold: values.gold ?? null,
    json: values.json === true,
    seed: wholeFrom(0, '--seed', values.seed) ?? 1,
    fit: {
      ...(iterations === undefined ? {} : { iterations }),
      ...toleranceOf(choice, iterations, tolerance),
      ...(restarts === undefined ? {} : { restarts }),
      ...(variant === undefined ? {} : { variant }),
      ...(pooling === undefined ? {} : { pooling }),
      ...(prior === undefined ? {} : { priorPrecision: prior }),
    },
  };
}

/**
 * Models that raise a likelihood; a number of iterations that is asked for is made, so that runs can be compared. Not
 * GLAD: there other programs end by their tolerance whatever the number.
 */
const LIKELIHOOD_MODELS: readonly string[] = ['dawid-skene', 'one-coin', 'mace'];

function toleranceOf(
  choice: ModelChoice,
  iterations: number | undefined,
  tolerance: number | undefined,
): { tolerance?: number } {
  if (tolerance !== undefined) return { tolerance };
  const raises =
    choice.kind === 'mention-pairs' || (choice.kind === 'labels' && LIKELIHOOD_MODELS.includes(choice.model));
  return iterations !== undefined && raises ? { tolerance: -1 } : {};
}

function parsed(args: readonly string[]) {
  return parsedWords(args, {
    model: { type: 'string' },
    variant: { type: 'string' },
    restarts: { type: 'string' },
    iterations: { type: 'string' },
    tolerance: { type: 'string' },
    pooling: { type: 'string' },
    prior: { type: 'string' },
    gold: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
}

function modelOf(name: string | undefined): ModelChoice {
  const label = LABEL_MODELS.find((model) => model === name);
  if (label !== undefined) return { kind: 'labels', model: label };
  const comparison = COMPARISON_MODELS.find((model) => model === name);
  if (comparison !== undefined) return { kind: 'comparisons', model: comparison };
  if (name === 'mpa') return { kind: 'mention-pairs' };
  if (name === 'best-worst') return { kind: 'best-worst' };
  const expected = [...LABEL_MODELS, 'mpa', ...COMPARISON_MODELS, 'best-worst'].join(', ');
  throw new UsageError(`--model is ${name ?? 'missing'}; expected one of ${expected}`);
}
