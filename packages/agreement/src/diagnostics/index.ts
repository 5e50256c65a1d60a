export { type UnitDiagnostics, unitDiagnostics } from './item-disagreement.ts';
