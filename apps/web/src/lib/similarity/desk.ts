import {
  compareEmbeddings,
  type ComparedModels,
  coverage,
  doJob,
  type GoldPair,
  type JobResult,
  jobSize,
  modelTask,
  type ModelTask,
  type NamedEmbedding,
  ratingReport,
  type RatingTable,
  sanityJobs,
  type SanityPlan,
  sanityReport,
  type SanityReport,
  scoredPairs,
} from '@casebook/agreement';
import { readVectors } from '@casebook/corpora';
import type { WordVectors } from '@casebook/corpora';
import { bytesOf, inputOf, ratingsOf, Refused, refusedBy } from './reading.ts';
import type { NamedBlob, ReadModel, ReadReport, ReportOptions } from './requests.ts';

/** How work that takes its time says how far it is, and learns that it is no longer wanted. */
export interface Control {
  readonly onProgress: (share: number) => void;
  readonly isCancelled: () => boolean;
}

/** Work was stopped because nobody wants it any more. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

const FEWEST_PAIRS = 4;

/** Reads a dataset and vectors, and keeps both for what is asked of them next. */
export class SimilarityDesk {
  #table: RatingTable | null = null;
  #gold: readonly GoldPair[] = [];
  #models: readonly (NamedEmbedding & { readonly file: NamedBlob })[] = [];

  /** @throws Refused where a file can't be read, or files don't go together. */
  async report(files: readonly NamedBlob[], options: ReportOptions, control: Control): Promise<ReadReport> {
    const read = await Promise.all(files.map(ratingsOf));
    const inputs = await Promise.all(files.map(inputOf));
    const { table, report } = sentenced(() =>
      ratingReport(read, {
        seed: options.seed,
        resamples: options.resamples,
        ...(options.persons === null ? {} : { persons: { are: options.persons, because: 'as stated' } }),
        onProgress: control.onProgress,
      }),
    );
    this.#table = table;
    this.#models = [];
    return { inputs, table, report };
  }

  /** @throws Refused where the file holds no vectors, or none of the dataset’s words. */
  async model(file: NamedBlob, control: Control): Promise<ReadModel> {
    if (this.#table === null) throw new Refused('Read a dataset first.');
    const { pairs: gold, goldIs } = scoredPairs(this.#table);
    if (gold.length === 0) throw new Refused('No pair of the dataset has a score.');
    const vectors = await vectorsFor(gold, file, control);
    this.#gold = gold;
    this.#models = [
      ...this.#models.filter(({ name }) => name !== file.name),
      { name: file.name, embedding: vectors, file },
    ];
    return {
      input: await inputOf(file),
      format: vectors.format,
      dimensions: vectors.dimensions,
      vocabulary: vectors.vocabulary,
      goldIs,
      coverage: coverage(gold, vectors, vectors.mean ?? undefined),
    };
  }

  /** @throws Refused where there are not two models. */
  compare(options: { readonly resamples: number; readonly seed: number }): ComparedModels {
    if (this.#models.length < 2) throw new Refused('Read the vectors of a second model first.');
    return sentenced(() => compareEmbeddings(this.#gold, this.#models, options));
  }

  /** @throws Refused where too few pairs are covered, or the larger dataset can’t be read; Cancelled. */
  async sanity(plan: SanityPlan, larger: NamedBlob | null, control: Control): Promise<SanityReport> {
    const model = this.#models.at(-1);
    if (model === undefined) throw new Refused('Read vectors first.');
    const [gold, { embedding, file }] = [this.#gold, model];
    const task = modelTask(gold, embedding);
    if (task.pairs < FEWEST_PAIRS)
      throw new Refused(`${task.pairs} pairs are covered; the check needs ${FEWEST_PAIRS}.`);
    const baseline = larger === null ? null : await taskOf(larger, file, control);
    const jobs = sentenced(() => sanityJobs(plan, task, baseline));
    const total = jobs.reduce((sum, { job }) => sum + jobSize(job), 0);
    const results: JobResult[] = [];
    let done = 0;
    for (const { job } of jobs) {
      results.push(doJob(job));
      done += jobSize(job);
      control.onProgress(done / total);
      await untilHeard(control);
    }
    return sanityReport(plan, gold, embedding, task, jobs, results);
  }
}

/** The vectors of the words of some pairs; those of other words go by. */
async function vectorsFor(
  gold: readonly GoldPair[],
  file: NamedBlob,
  control: Control,
): Promise<WordVectors> {
  const words = new Set(
    gold.flatMap(({ word1, word2 }) => [word1, word1.toLowerCase(), word2, word2.toLowerCase()]),
  );
  const read = await readVectors(stoppable(bytesOf(file.content, control.onProgress), control), {
    fileName: file.name,
    words,
    mean: true,
  });
  if (read.kind === 'refused') throw refusedBy(read.refusal);
  const { vectors } = read;
  if (vectors.words.length === 0)
    throw new Refused(
      `${file.name}: none of the dataset’s ${words.size} words is among its ${vectors.vocabulary.toLocaleString('en-GB')}.`,
    );
  return vectors;
}

/** Another dataset under the same vectors. */
async function taskOf(dataset: NamedBlob, vectors: NamedBlob, control: Control): Promise<ModelTask> {
  const { table } = await ratingsOf(dataset);
  const { pairs: gold } = scoredPairs(table);
  if (gold.length === 0) throw new Refused(`${dataset.name}: no pair has a score.`);
  return modelTask(gold, await vectorsFor(gold, vectors, control));
}

async function* stoppable(bytes: AsyncIterable<Uint8Array>, control: Control): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    await untilHeard(control);
    yield piece;
  }
}

/** Lets messages in, one of which may say that nobody wants this any more. */
async function untilHeard({ isCancelled }: Control): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (isCancelled()) throw new Cancelled('nobody wants this any more');
}

/** What the statistics refuse is the input’s fault. */
function sentenced<Result>(compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(error.message);
    throw error;
  }
}
