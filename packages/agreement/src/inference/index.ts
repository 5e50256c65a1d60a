export { type IntervalOptions } from './interval-options.ts';
export { estimateOfSums, type FigureOfSums } from './estimate-of-sums.ts';
export { wilsonInterval } from './wilson-interval.ts';
