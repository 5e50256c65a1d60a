export { type Balance, balanceOf as tupleBalance } from './balance.ts';
export { type TupleDesign, type TuplePlan, designTuples } from './tuple-design.ts';
