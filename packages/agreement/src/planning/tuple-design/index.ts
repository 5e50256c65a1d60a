export { type Balance } from './balance.ts';
export { type TupleDesign, type TuplePlan, designTuples } from './tuple-design.ts';
