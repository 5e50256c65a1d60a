export { type AlphaMetric, type AlphaMetricName } from './metric.ts';
export {
  type AlphaOptions,
  type AlphaEstimate,
  type DefinedAlpha,
  krippendorffsAlpha,
} from './krippendorffs-alpha.ts';
