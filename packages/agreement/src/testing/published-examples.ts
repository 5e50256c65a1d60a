import { type Study } from '../study/study.ts';
import { studyFromWide } from '../study/from-wide.ts';

/** Tables printed in the literature, for the tests of the measures. */

const n = null;

/** Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C: 4 coders, 12 units. */
export const KRIPPENDORFF_2011 = [
  [1, 1, n, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [n, 5, 5, 5],
  [n, n, 1, 1],
  [n, 3, n, n],
];

export function krippendorff2011(): Study {
  return studyFromWide(KRIPPENDORFF_2011);
}

/** Fleiss 1971, table 1: how many of 6 psychiatrists gave each of 30 patients each of 5 diagnoses. */
export const FLEISS_1971 = [
  [0, 0, 0, 6, 0],
  [0, 3, 0, 0, 3],
  [0, 1, 4, 0, 1],
  [0, 0, 0, 0, 6],
  [0, 3, 0, 3, 0],
  [2, 0, 4, 0, 0],
  [0, 0, 4, 0, 2],
  [2, 0, 3, 1, 0],
  [2, 0, 0, 4, 0],
  [0, 0, 0, 0, 6],
  [1, 0, 0, 5, 0],
  [1, 1, 0, 4, 0],
  [0, 3, 3, 0, 0],
  [1, 0, 0, 5, 0],
  [0, 2, 0, 3, 1],
  [0, 0, 5, 0, 1],
  [3, 0, 0, 1, 2],
  [5, 1, 0, 0, 0],
  [0, 2, 0, 4, 0],
  [1, 0, 2, 0, 3],
  [0, 0, 0, 0, 6],
  [0, 1, 0, 5, 0],
  [0, 2, 0, 1, 3],
  [2, 0, 0, 4, 0],
  [1, 0, 0, 4, 1],
  [0, 5, 0, 1, 0],
  [4, 0, 0, 0, 2],
  [0, 2, 0, 4, 0],
  [1, 0, 5, 0, 0],
  [0, 0, 0, 0, 6],
];

/** Cohen 1960, table 2, as frequencies of 200 units: rows coder A, columns coder B. */
export const COHEN_1960 = [
  [88, 14, 18],
  [10, 40, 10],
  [2, 6, 12],
];

/** Gwet 2014 (irrCAC `cac.ben.gerry`): two coders, 12 units, five categories. */
export const BEN_GERRY = [
  ['a', 'b'],
  ['a', 'a'],
  ['b', 'b'],
  ['b', 'b'],
  ['d', 'b'],
  ['c', 'c'],
  ['c', 'c'],
  ['c', 'c'],
  ['e', 'e'],
  ['d', n],
  ['d', 'd'],
  ['a', 'd'],
];

/** Shrout & Fleiss 1979, table 2: 4 judges, 6 targets. */
export const SHROUT_FLEISS_1979 = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];

/** The `anxiety` ratings that come with R's irr: 3 coders, 20 persons. */
export const ANXIETY = [
  [3, 3, 2],
  [3, 6, 1],
  [3, 4, 4],
  [4, 6, 4],
  [5, 2, 3],
  [5, 4, 2],
  [2, 2, 1],
  [3, 4, 6],
  [5, 3, 1],
  [2, 3, 1],
  [2, 2, 1],
  [6, 3, 2],
  [1, 3, 3],
  [5, 3, 3],
  [2, 2, 1],
  [2, 2, 1],
  [1, 1, 3],
  [2, 3, 3],
  [4, 3, 2],
  [3, 4, 2],
];

/** Bland & Altman 1986, table 1: peak flow in l/min of 17 persons by two meters, first readings. */
export const PEAK_FLOW = {
  wright: [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427],
  mini: [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451],
};
