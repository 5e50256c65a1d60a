export { type PercentAgreementOptions, percentAgreement } from './percent-agreement.ts';
export { type CohensKappaOptions, cohensKappa } from './cohens-kappa.ts';
export { type PairOfCoders, pairwiseCohensKappa } from './pairwise-kappa.ts';
