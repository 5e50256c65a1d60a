import { type Estimate } from '../estimate.ts';
import { estimateOfSums } from '../inference/estimate-of-sums.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { alphaU, type Continuum } from './alpha-u.ts';

/**
 * Krippendorff's alpha for unitizing of several documents: 1 − ΣD_o/ΣD_e, where the disagreements of each document
 * (see {@link alphaU}, which are per squared position) are multiplied by its squared length, so that what is added up
 * are squared positions and a document counts by its length. For one document it is alphaU. Intervals are over
 * documents. Documents with fewer than two coders are left out.
 *
 * Undefined where nobody marked anything in a document of two coders. Throws as alphaU does.
 */
export function alphaUOfDocuments(documents: readonly Continuum[], interval?: IntervalOptions): Estimate {
  const coders = new Set<string>();
  let units = 0;
  let left = 0;
  const rows = documents.flatMap((document) => {
    const own = document.coders ?? [...new Set(document.units.map(({ coder }) => coder))];
    if (own.length < 2) {
      left += document.units.length;
      return [];
    }
    for (const coder of own) coders.add(coder);
    units += document.units.length;
    const { categories } = alphaU(document);
    const scale = document.length ** 2;
    return [
      [
        categories.reduce((sum, { observed }) => sum + observed * scale, 0),
        categories.reduce((sum, { expected }) => sum + expected * scale, 0),
      ],
    ];
  });
  return estimateOfSums(
    {
      measure: 'alpha-u',
      convention: 'units and gaps of each document, squared positions added up over documents and categories',
      rows,
      evaluate: ([observed = 0, expected = 0]) => (expected > 0 ? 1 - observed / expected : NaN),
      reason: rows.length === 0 ? 'no document was marked by two coders' : 'nothing was marked',
      used: {
        units,
        coders: coders.size,
        ratings: units,
        dropped: { units: left, coders: 0, ratings: left },
      },
    },
    interval,
  );
}
