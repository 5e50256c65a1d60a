import type { Embedding, GoldPair } from '@casebook/agreement';
import { readVectors, type WordVectors } from '@casebook/corpora';
import { Progress } from '../progress.ts';
import { type Terminal, UsageError } from '../usage.ts';
import { type InputFile, Source } from './source.ts';
import { stat } from 'node:fs/promises';

export interface ReadModel {
  readonly embedding: Embedding;
  readonly vectors: WordVectors;
  readonly input: InputFile;
}

/** The vectors of a dataset's words, as written and in lower case. */
export async function readModel(
  path: string,
  pairs: readonly Pick<GoldPair, 'word1' | 'word2'>[],
  terminal: Terminal,
  mean = false,
): Promise<ReadModel> {
  const words = new Set<string>();
  for (const { word1, word2 } of pairs)
    for (const word of [word1, word2]) words.add(word).add(word.toLowerCase());
  const source = new Source(path, terminal);
  const size = path === '-' ? 0 : ((await stat(path).catch(() => null))?.size ?? 0);
  const progress = new Progress(terminal, source.name, 'the file');
  try {
    const read = await readVectors(source.bytes(), {
      fileName: source.name,
      words,
      mean,
      onProgress: (bytes) => {
        if (size > 0) progress.report(Math.min(1, bytes / size));
      },
    });
    if (read.kind === 'refused') {
      const { file, line, column, reason, expected } = read.refusal;
      throw new UsageError(`${file}:${line}:${column}: ${reason}; expected ${expected}`);
    }
    const { vectors } = read;
    if (vectors.words.length === 0)
      throw new UsageError(
        `${source.name}: none of the dataset's ${words.size} words is among its ${vectors.vocabulary}; expected vectors of them`,
      );
    return { embedding: vectors, vectors, input: source.input() };
  } finally {
    progress.end();
  }
}
