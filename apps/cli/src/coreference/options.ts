import { COREFERENCE_METRICS, type CoreferenceMetric, type CoreferenceOptions } from '@casebook/agreement';
import { oneOf, parsedWords } from '../arguments.ts';
import { UsageError } from '../usage.ts';

export const HELP = `casebook coref-score --key K --response R [--json]

Scores the chains of R against those of K; both in any format that casebook reads, - for stdin.
  --metric all|muc,bcub,ceafm,ceafe,blanc,lea    all by default
  --keep-singletons | --drop-singletons          entities of one mention count (default), or not
  --match exact|head|min-span                    when a mention is found
  --average micro|macro                          over documents: of counts (default), or of scores
  --per-document                                 each document's scores too
`;

export interface CorefScoreCall {
  readonly key: string;
  readonly response: string;
  readonly json: boolean;
  readonly perDocument: boolean;
  readonly options: Required<Pick<CoreferenceOptions, 'metrics' | 'singletons' | 'match' | 'average'>>;
}

/** Reads the words after `casebook coref-score`; null asks for help. */
export function corefScoreCall(args: readonly string[]): CorefScoreCall | null {
  const { values, positionals } = parsed(args);
  if (values.help === true) return null;
  if (positionals.length > 0)
    throw new UsageError(`${positionals.join(' ')} is not asked for; the files are --key and --response`);
  const { key, response } = values;
  if (key === undefined || response === undefined) {
    throw new UsageError(
      `${key === undefined ? '--key' : '--response'} is missing; expected a file\n\n${HELP}`,
    );
  }
  if (key === '-' && response === '-')
    throw new UsageError('--key and --response are both -; stdin is read once');
  if (values['keep-singletons'] === true && values['drop-singletons'] === true) {
    throw new UsageError('singletons are both kept and dropped; expected one of the two');
  }
  return {
    key,
    response,
    json: values.json === true,
    perDocument: values['per-document'] === true,
    options: {
      metrics: metricsOf(values.metric ?? 'all'),
      singletons: values['drop-singletons'] === true ? 'drop' : 'keep',
      match: oneOf('--match', values.match ?? 'exact', ['exact', 'head', 'min-span']),
      average: oneOf('--average', values.average ?? 'micro', ['micro', 'macro']),
    },
  };
}

function parsed(args: readonly string[]) {
  return parsedWords(args, {
    key: { type: 'string' },
    response: { type: 'string' },
    metric: { type: 'string' },
    match: { type: 'string' },
    average: { type: 'string' },
    'keep-singletons': { type: 'boolean' },
    'drop-singletons': { type: 'boolean' },
    'per-document': { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
}

function metricsOf(given: string): readonly CoreferenceMetric[] {
  if (given === 'all') return COREFERENCE_METRICS;
  return given.split(',').map((name) => oneOf('--metric', name.trim(), COREFERENCE_METRICS));
}
