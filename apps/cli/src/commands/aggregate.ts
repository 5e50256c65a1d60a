import {
  aggregateComparisons,
  aggregateLabels,
  aggregateMentionPairs,
  bestWorstCounting,
  collectAnswers,
} from '@casebook/agreement';
import { bestWorstRows, comparisonRows, goldRows, labelRows, mentionRows } from '../aggregation/inputs.ts';
import { type AggregateCall, aggregateCall, HELP } from '../aggregation/options.ts';
import { Progress } from '../progress.ts';
import {
  bestWorstReport,
  comparisonReport,
  type LabelReport,
  labelReport,
  mentionReport,
  type ScoreReport,
} from '../aggregation/report.ts';
import { nameOf, readText } from '../tables/read-text.ts';
import { labelText, scoreText } from '../aggregation/text.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

/** `casebook aggregate`: one label for every task, or one scale for all items, from the answers of many coders. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const call = aggregateCall(args);
  if (call === null) {
    terminal.stdout.write(HELP);
    return 0;
  }
  const text = await readText(call.file, terminal);
  const gold = call.gold === null ? null : goldRows(await readText(call.gold, terminal), nameOf(call.gold));
  const report = await reported(call, text, gold, terminal);
  if (call.json) terminal.stdout.write(`${JSON.stringify(report)}\n`);
  else terminal.stdout.write('labels' in report ? labelText(report) : scoreText(report));
  return 0;
}

async function reported(
  call: AggregateCall,
  text: string,
  gold: ReadonlyMap<string, string> | null,
  terminal: Terminal,
): Promise<LabelReport | ScoreReport> {
  const { choice, seed, fit } = call;
  const file = nameOf(call.file);
  const progress = new Progress(
    terminal,
    choice.kind === 'mention-pairs' ? 'mpa' : 'model' in choice ? choice.model : '',
    'the iterations allowed',
  );
  const options = { ...fit, seed, onProgress: progress.report };
  try {
    switch (choice.kind) {
      case 'labels':
        return labelReport(
          await aggregateLabels(choice.model, collectAnswers(labelRows(text, file)), options),
          seed,
          gold,
        );
      case 'mention-pairs': {
        const rows = mentionRows(text, file);
        const answers = collectAnswers(rows.answers);
        const known = gold ?? (rows.gold.size === 0 ? null : rows.gold);
        return mentionReport(await aggregateMentionPairs(answers, options), seed, known);
      }
      case 'comparisons':
        return comparisonReport(
          await aggregateComparisons(choice.model, [...comparisonRows(text, file)], options),
          seed,
        );
      case 'best-worst':
        return bestWorstReport(bestWorstCounting(bestWorstRows(text, file)), seed);
    }
  } catch (error) {
    // What the statistics refuse is the input's fault: too few labels, no rows, a prior that must be positive.
    if (error instanceof RangeError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  } finally {
    progress.end();
  }
}
