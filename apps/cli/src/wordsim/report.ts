import {
  coverage,
  type RatingReport,
  ratingReport,
  type RatingTable,
  type ReadRatings,
  scoredPairs,
} from '@casebook/agreement';
import { basename } from 'node:path';
import { Progress } from '../progress.ts';
import type { Terminal } from '../usage.ts';
import type { ReportCall } from './options.ts';
import { readPairTable } from './pair-table.ts';
import { expanded, type InputFile } from './source.ts';
import { readModel } from './vectors.ts';

/** What `casebook wordsim report --json` prints. */
export interface WordsimReport extends RatingReport {
  readonly files: readonly InputFile[];
  readonly model?: ModelSection;
}

interface ModelSection extends ReturnType<typeof coverage> {
  readonly file: InputFile;
  readonly format: string;
  readonly dimensions: number;
  readonly vocabulary: number;
  readonly goldIs: 'gold' | 'mean of the ratings';
}

export async function wordsimReport(call: ReportCall, terminal: Terminal): Promise<WordsimReport> {
  const inputs: InputFile[] = [];
  const read: ReadRatings[] = [];
  for (const file of await expanded(call.files)) {
    const { input, table, checks } = await readPairTable(file, call.layout, terminal);
    inputs.push(input);
    read.push({ name: basename(input.file), table, checks });
  }
  const progress = new Progress(terminal, 'report', 'the intervals');
  const { table, report } = ratingReport(read, {
    seed: call.seed,
    resamples: call.resamples,
    ...(call.scale === null ? {} : { scale: call.scale }),
    ...(call.persons === null ? {} : { persons: { are: call.persons, because: 'as stated by --columns' } }),
    onProgress: progress.report,
  });
  progress.end();
  return {
    files: inputs,
    ...report,
    ...(call.vectors === null ? {} : { model: await modelSection(table, call.vectors, terminal) }),
  };
}

async function modelSection(table: RatingTable, path: string, terminal: Terminal): Promise<ModelSection> {
  const { pairs, goldIs } = scoredPairs(table);
  const { embedding, vectors, input } = await readModel(path, pairs, terminal, true);
  return {
    file: input,
    format: vectors.format,
    dimensions: vectors.dimensions,
    vocabulary: vectors.vocabulary,
    goldIs,
    ...coverage(pairs, embedding, vectors.mean ?? undefined),
  };
}
