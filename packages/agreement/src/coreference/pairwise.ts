import type { CoreferenceEntity } from './mention.ts';
import { type CoreferenceOptions, type CoreferenceReport, scoreCoreference } from './score-documents.ts';

/** A document as several coders see it. A coder who did not annotate it is absent. */
export interface CodedDocument {
  readonly id?: string;
  readonly coders: ReadonlyMap<string, readonly CoreferenceEntity[]>;
}

/** The scores of one coder against another over the documents that both annotated. */
export type CoderPair =
  | {
      readonly key: string;
      readonly response: string;
      readonly documents: number;
      readonly report: CoreferenceReport;
    }
  | {
      readonly key: string;
      readonly response: string;
      readonly documents: 0;
      readonly report: null;
      readonly reason: string;
    };

/**
 * Scores every two coders against each other, the first of each pair (by order of appearance) as key. Exchanging the
 * two exchanges recall and precision and leaves F1 as it is, but for BLANC where only one of them has links of a kind.
 */
export function pairwiseCoreference(
  documents: readonly CodedDocument[],
  options: CoreferenceOptions = {},
): CoderPair[] {
  const coders = [...new Set(documents.flatMap((document) => [...document.coders.keys()]))];
  if (coders.length < 2) throw new RangeError(`there are ${coders.length} coders; expected two or more`);
  const pairs: CoderPair[] = [];
  const total = (coders.length * (coders.length - 1)) / 2;
  const { onProgress, ...rest } = options;
  for (const [place, key] of coders.entries()) {
    for (const response of coders.slice(place + 1)) {
      const shared = documents.flatMap((document, at) => {
        const one = document.coders.get(key);
        const other = document.coders.get(response);
        if (one === undefined || other === undefined) return [];
        return [{ id: document.id ?? `document ${at + 1}`, key: one, response: other }];
      });
      pairs.push(
        shared.length === 0
          ? { key, response, documents: 0, report: null, reason: 'the two coders share no document' }
          : { key, response, documents: shared.length, report: scoreCoreference(shared, rest) },
      );
      onProgress?.(pairs.length / total);
    }
  }
  return pairs;
}
