import {
  FEWEST_DRAWS,
  type ModelTask,
  modelTask,
  sanityJobs,
  sanityReport,
  type SanityReport,
  type SizeBaseline,
} from '@casebook/agreement';
import { type Terminal, UsageError } from '../usage.ts';
import { readGold } from './gold-pairs.ts';
import type { SanityCall } from './options.ts';
import { runJobs } from './run-jobs.ts';
import type { InputFile } from './source.ts';
import { readModel } from './vectors.ts';

/** What `casebook wordsim sanity --json` prints. */
export interface WordsimSanity extends Omit<SanityReport, 'sameSizeBaseline'> {
  readonly gold: InputFile;
  readonly goldIs: string;
  readonly vectors: InputFile;
  readonly sameSizeBaseline:
    (SizeBaseline & { readonly file: InputFile }) | { readonly value: null; readonly reason: string };
}

export async function wordsimSanity(call: SanityCall, terminal: Terminal): Promise<WordsimSanity> {
  const gold = await readGold(call.gold, terminal);
  const model = await readModel(call.vectors, gold.pairs, terminal);
  const task = modelTask(gold.pairs, model.embedding);
  if (task.pairs < 4)
    throw new UsageError(
      `${call.vectors}: ${task.pairs} of ${gold.pairs.length} pairs are covered; expected four or more for the check`,
    );
  const baseline = call.baseline === null ? null : await baselineTask(call.baseline, call.vectors, terminal);
  if (call.method === 'corrected' && call.draws < FEWEST_DRAWS)
    terminal.stderr.write(
      `casebook wordsim: ${call.draws} draws are fewer than the ${FEWEST_DRAWS} that the check asks for\n`,
    );
  const jobs = sanityJobs(call, task, baseline?.task ?? null);
  const results = await runJobs(
    jobs.map(({ job }) => job),
    call.threads,
    terminal,
  );
  const report = sanityReport(call, gold.pairs, model.embedding, task, jobs, results);
  const { sameSizeBaseline: sameSize } = report;
  return {
    ...report,
    gold: gold.input,
    goldIs: gold.goldIs,
    vectors: model.input,
    sameSizeBaseline:
      baseline === null || 'value' in sameSize
        ? { value: null, reason: 'no larger dataset was given (--baseline FILE)' }
        : { ...sameSize, file: baseline.input },
  };
}

async function baselineTask(
  path: string,
  vectors: string,
  terminal: Terminal,
): Promise<{ task: ModelTask; input: InputFile }> {
  const gold = await readGold(path, terminal);
  const model = await readModel(vectors, gold.pairs, terminal);
  return { task: modelTask(gold.pairs, model.embedding), input: gold.input };
}
