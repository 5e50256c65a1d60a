export {
  type Continuum,
  type MarkedUnit,
  type UnitizingAgreement,
  type UnitizingCategory,
  alphaU,
} from './alpha-u.ts';
export { alphaUOfDocuments } from './alpha-u-of-documents.ts';
