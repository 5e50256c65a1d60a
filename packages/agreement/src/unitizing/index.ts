export {
  type Continuum,
  type MarkedUnit,
  type UnitizingAgreement,
  type UnitizingCategory,
  alphaU,
} from './alpha-u.ts';
