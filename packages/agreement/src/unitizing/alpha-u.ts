import { definedEstimate, type Estimate, undefinedEstimate, type Usage } from '../estimate.ts';
import { StudyError } from '../study/study-error.ts';

/** A stretch of the continuum that a coder marked. */
export interface MarkedUnit {
  readonly coder: string;
  readonly category: string;
  /** First position, in the continuum's own numbering. */
  readonly offset: number;
  /** Number of positions, at least 1. */
  readonly length: number;
}

/** A text or recording in which coders marked units freely. Positions are whole numbers. */
export interface Continuum {
  readonly begin: number;
  readonly length: number;
  readonly units: readonly MarkedUnit[];
  /** All coders, those included who marked nothing; where left out, those of the units. */
  readonly coders?: readonly string[];
}

/** Alpha of one category of a continuum. */
export interface UnitizingCategory {
  readonly category: string;
  readonly observed: number;
  readonly expected: number;
  /** Null where nothing could be expected. */
  readonly alpha: number | null;
}

export interface UnitizingAgreement {
  readonly estimate: Estimate;
  /** Observed and expected disagreement of every category. */
  readonly categories: readonly UnitizingCategory[];
}

interface Section {
  readonly start: number;
  readonly length: number;
  readonly marked: boolean;
}

/**
 * Krippendorff's alpha for unitizing (Krippendorff 1995; 2004, ch. 11.6): 1 − ΣD_o/ΣD_e over the categories,
 * where units and the gaps between them are compared as stretches of the continuum.
 *
 * Undefined where nobody marked anything. Throws StudyError for fewer than two coders, for a unit outside the
 * continuum, and for two units of one coder and category that overlap.
 */
export function alphaU(continuum: Continuum): UnitizingAgreement {
  const coders = continuum.coders ?? [...new Set(continuum.units.map((unit) => unit.coder))];
  if (coders.length < 2) {
    throw new StudyError('too-few-coders', `Agreement needs at least two coders, not ${coders.length}.`);
  }
  checkUnits(continuum, coders);
  const names = [...new Set(continuum.units.map((unit) => unit.category))].sort();
  const categories = names.map((category) => {
    const sections = coders.map((coder) => sectionsOf(continuum, coder, category));
    const observed = observedDisagreement(sections, continuum.length);
    const expected = expectedDisagreement(sections, continuum.length);
    return { category, observed, expected, alpha: expected > 0 ? 1 - observed / expected : null };
  });
  const observed = categories.reduce((sum, category) => sum + category.observed, 0);
  const expected = categories.reduce((sum, category) => sum + category.expected, 0);
  const used: Usage = {
    units: continuum.units.length,
    coders: coders.length,
    ratings: continuum.units.length,
    dropped: { units: 0, coders: 0, ratings: 0 },
  };
  const measure = 'alpha-u';
  const convention = 'units and gaps of a continuum, summed over categories';
  const estimate =
    expected > 0
      ? definedEstimate({
          measure,
          convention,
          value: 1 - observed / expected,
          used,
          notes: ['no interval: a continuum has no units that could be drawn or left out'],
        })
      : undefinedEstimate(measure, convention, 'nothing was marked', used);
  return { estimate, categories };
}

function checkUnits(continuum: Continuum, coders: readonly string[]): void {
  const end = continuum.begin + continuum.length;
  for (const [index, unit] of continuum.units.entries()) {
    const row = index + 1;
    if (!coders.includes(unit.coder)) {
      throw new StudyError('bad-value', `"${unit.coder}" is not one of the coders.`, row);
    }
    if (!Number.isInteger(unit.offset) || !Number.isInteger(unit.length) || unit.length < 1) {
      throw new StudyError('bad-value', 'a unit has a whole offset and a length of at least 1.', row);
    }
    if (unit.offset < continuum.begin || unit.offset + unit.length > end) {
      throw new StudyError('bad-value', `the unit lies outside ${continuum.begin} to ${end}.`, row);
    }
  }
}

function sectionsOf(continuum: Continuum, coder: string, category: string): Section[] {
  const own = continuum.units
    .filter((unit) => unit.coder === coder && unit.category === category)
    .sort((a, b) => a.offset - b.offset);
  const sections: Section[] = [];
  let position = continuum.begin;
  for (const unit of own) {
    if (unit.offset < position) {
      throw new StudyError(
        'bad-value',
        `Coder "${coder}" marked overlapping units of "${category}" at ${unit.offset}.`,
      );
    }
    if (unit.offset > position)
      sections.push({ start: position, length: unit.offset - position, marked: false });
    sections.push({ start: unit.offset, length: unit.length, marked: true });
    position = unit.offset + unit.length;
  }
  const rest = continuum.begin + continuum.length - position;
  if (rest > 0) sections.push({ start: position, length: rest, marked: false });
  return sections;
}

/** Squared distance of two sections; gaps hurt only where they hold a whole unit of the other coder. */
function sectionDistance(a: Section, b: Section): number {
  const startDifference = a.start - b.start;
  const endDifference = startDifference + a.length - b.length;
  if (a.marked && b.marked) {
    const overlap = -a.length < startDifference && startDifference < b.length;
    return overlap ? startDifference * startDifference + endDifference * endDifference : 0;
  }
  if (a.marked) return startDifference >= 0 && endDifference <= 0 ? a.length * a.length : 0;
  if (b.marked) return startDifference <= 0 && endDifference >= 0 ? b.length * b.length : 0;
  return 0;
}

function observedDisagreement(sections: readonly (readonly Section[])[], length: number): number {
  let sum = 0;
  for (const [i, first] of sections.entries()) {
    for (const second of sections.slice(i + 1)) sum += 2 * crossDistance(first, second);
  }
  const coders = sections.length;
  return sum / (coders * (coders - 1) * length * length);
}

/** Both lists run along the continuum, so each pair that touches is met once. */
function crossDistance(first: readonly Section[], second: readonly Section[]): number {
  let sum = 0;
  let from = 0;
  for (const a of first) {
    while (from < second.length && endOf(second[from]) <= a.start) from += 1;
    for (let j = from; j < second.length; j++) {
      const b = second[j];
      if (b === undefined || b.start >= a.start + a.length) break;
      sum += sectionDistance(a, b);
    }
  }
  return sum;
}

function endOf(section: Section | undefined): number {
  return section === undefined ? Infinity : section.start + section.length;
}

function expectedDisagreement(sections: readonly (readonly Section[])[], length: number): number {
  const all = sections.flat();
  const marked = all.filter((section) => section.marked);
  const gaps = all.filter((section) => !section.marked);
  let sum = 0;
  let ownPairs = 0;
  for (const { length: l } of marked) {
    let room = 0;
    for (const gap of gaps) if (gap.length >= l) room += gap.length - l + 1;
    sum += ((marked.length - 1) / 3) * (2 * l ** 3 - 3 * l * l + l) + l * l * room;
    ownPairs += l * (l - 1);
  }
  const positions = sections.length * length;
  return ((2 / length) * sum) / (positions * (positions - 1) - ownPairs);
}
