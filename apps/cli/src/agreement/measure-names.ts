/** Every measure of `casebook agreement`, in the order in which `all` prints them. */
export const MEASURES = [
  'percent-agreement',
  'bennett-s',
  'scott-pi',
  'cohen-kappa',
  'kappa-max',
  'pabak',
  'light-kappa',
  'fleiss-kappa',
  'conger-kappa',
  'gwet-ac',
  'krippendorff-alpha',
  'alpha-u',
  'icc',
  'pearson',
  'spearman',
  'kendall-tau-b',
  'kendall-w',
  'lin-ccc',
  'cronbach-alpha',
  'apiaa',
  'amiaa',
  'split-half',
] as const;
export type MeasureName = (typeof MEASURES)[number];

export const LEVELS = ['nominal', 'ordinal', 'interval', 'ratio', 'circular', 'bipolar'] as const;
export type Level = (typeof LEVELS)[number];

export const SET_DISTANCES = ['masi', 'passonneau', 'jaccard', 'dice'] as const;
export type SetDistance = (typeof SET_DISTANCES)[number];

export const INTERVALS = [
  'analytic',
  'linearised',
  'jackknife',
  'percentile',
  'bca',
  'krippendorff',
  'none',
] as const;
export type Interval = (typeof INTERVALS)[number];
