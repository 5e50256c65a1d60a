export { type IntervalOptions } from './interval-options.ts';
