export { type WeightName, type WeightScheme, type Weights, WEIGHT_NAMES, weightsFor } from './weights.ts';
