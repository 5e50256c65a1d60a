export { logGamma, incompleteGamma } from './gamma.ts';
export { logBeta, incompleteBeta } from './beta.ts';
export { normalCdf, normalUpperTail, normalQuantile } from './normal.ts';
export { studentsTUpperTail, studentsTTwoSided, studentsTQuantile } from './students-t.ts';
export { fCdf, fUpperTail, fQuantile } from './f.ts';
export { chiSquaredCdf, chiSquaredUpperTail, chiSquaredQuantile } from './chi-squared.ts';
