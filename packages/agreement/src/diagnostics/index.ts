export { type UnitDiagnostics, unitDiagnostics } from './unit-diagnostics.ts';
export { type CategoryDiagnostics, categoryDiagnostics } from './category-diagnostics.ts';
export { type CoderDiagnostics, coderDiagnostics } from './coder-diagnostics.ts';
export { type CategoryTable, coincidenceMatrix, confusionMatrix } from './confusion-matrix.ts';
export { type PrevalenceAndBias, prevalenceAndBias } from './prevalence-and-bias.ts';
