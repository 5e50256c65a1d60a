export { type CoderModel, simulateStudy } from './simulated-study.ts';
export {
  type AgreementPlan,
  type PlannedUnits,
  type SimulatedWidth,
  simulateAgreementPlan,
  unitsForAgreement,
} from './plan-agreement.ts';
export { pairsForCorrelation, unitsForIcc } from './plan-correlation.ts';
export { type ProjectedReliability, codersForReliability, projectReliability } from './plan-coders.ts';
export {
  type Balance,
  type TupleDesign,
  type TuplePlan,
  designTuples,
  tupleBalance,
} from './tuple-design/index.ts';
export { type ComparisonDesign, type ComparisonPlan, designComparisons } from './comparison-design.ts';
