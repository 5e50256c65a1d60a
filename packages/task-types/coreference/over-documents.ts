import { namedGenerator } from '@casebook/agreement';
import type { Estimate, IntervalOptions, PairedChangeOptions, Study } from '@casebook/agreement';
import type { ShownEstimate } from '@casebook/contracts';
import { shown } from '../agreement-view.ts';
import type { AgreementRequest } from '../task-type-server.ts';

const ONE_DOCUMENT = 'only one document was compared, and one cannot show how far documents differ';
const NO_SPREAD =
  'every resample of documents gives the same value, so they do not show how far it may be off';

/** A bootstrap whose seed comes from the task's, but is not that of any other figure. */
export function bootstrapOf(
  figure: string,
  method: 'percentile' | 'bca',
  { seed, resamples }: AgreementRequest,
): IntervalOptions {
  return { method, resamples, seed: namedGenerator(figure, seed).nextUint32() };
}

/** The same for the change between two looks. */
export function bootstrapBetween(
  figure: string,
  method: 'percentile' | 'bca',
  { seed, resamples }: AgreementRequest,
): PairedChangeOptions {
  return { method, resamples, seed: namedGenerator(figure, seed).nextUint32() };
}

/**
 * An estimate whose interval was drawn over so many documents, each with all its phrases: phrases of one text are not
 * independent of each other, those of one entity least of all, and the question is how agreement would come out on
 * other texts. From one document that cannot be told, and from a few only badly: below about 20 documents intervals
 * of this kind are too short.
 */
export function shownOverDocuments(estimate: Estimate, documents: number): ShownEstimate {
  return shown(estimate, {
    method: (method) => `${method} bootstrap, ${documents} documents resampled`,
    whyNone: documents < 2 ? ONE_DOCUMENT : NO_SPREAD,
  });
}

/** The units of a study by the documents that they stand in. */
export interface StudyDocuments {
  readonly clusterOf: Uint32Array;
  /** Documents with a unit that these coders, or where none are named two or more, have judged. */
  compared(coders?: readonly string[]): number;
}

export function documentsOfStudy(study: Study, itemOf: ReadonlyMap<string, string>): StudyDocuments {
  const items = study.units.map((unit) => itemOf.get(unit) ?? '');
  const places = new Map([...new Set(items)].sort().map((item, place) => [item, place] as const));
  const clusterOf = Uint32Array.from(items, (item) => places.get(item) ?? 0);
  return {
    clusterOf,
    compared(coders) {
      const wanted = coders?.map((coder) => study.coders.indexOf(coder));
      const found = new Set<number>();
      for (let unit = 0; unit < study.units.length; unit += 1) {
        const judging = study.coderOf.subarray(study.offsets[unit] ?? 0, study.offsets[unit + 1] ?? 0);
        const counts = wanted?.every((coder) => judging.includes(coder)) ?? judging.length > 1;
        if (counts) found.add(clusterOf[unit] ?? 0);
      }
      return found.size;
    },
  };
}
