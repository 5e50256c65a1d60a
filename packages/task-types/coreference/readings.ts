import type { MemberId, UnitId } from '@casebook/contracts';
import type {
  CodedUnit,
  Reading,
  ReadingsContext,
  ReferenceAnswer,
  UnitReadings,
} from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceProtocol, CoreferenceUnit } from './contract.ts';
import { chainsByCoder } from './own-chains.ts';
import { asRead } from './reading-order.ts';
import { ReferenceEntities } from './reference-entities.ts';
import { resolveTogether } from './resolution.ts';
import type { Meaning } from './resolution.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

/** A markable of the document with all that was said of it. */
interface Markable {
  readonly key: string;
  readonly unit: CoreferenceUnit;
  readonly codings: Coding[];
  readonly reference: ReferenceAnswer<CoreferenceUnit, CoreferenceAnswer> | null;
}

/**
 * Two answers are the same reading where they are of one kind and name the same entities. Antecedents are resolved
 * in reading order against the reference entities over the earlier markables: the reference answer of each where
 * there is one, else its most probable reading, or the most supported where no probability is known, ties by key. The
 * answer of a reading names each entity by its
 * nearest mention. A coder who gave several readings of a phrase counts whole for the one he prefers.
 *
 * A kept answer comes to the reading that it would join if a coder without chains of his own had given it; it changes
 * no reading.
 */
export function coreferenceReadings(
  codings: readonly Coding[],
  context: ReadingsContext<CoreferenceUnit, CoreferenceAnswer, CoreferenceProtocol> = {},
): readonly UnitReadings<CoreferenceAnswer>[] {
  const markables = markablesOf(codings, context.reference ?? new Map());
  const places = new Map(markables.map(({ key }, place) => [key, place]));
  const placeOf = (key: string): number => places.get(key) ?? -1;
  const reference = new ReferenceEntities(placeOf);
  const chainsOf = chainsByCoder([...places.keys()], codings);
  const readings: UnitReadings<CoreferenceAnswer>[] = [];
  for (const markable of markables) {
    const [first] = markable.codings;
    const said = markable.codings.map(({ coder, answer }) => ({
      answer,
      chains: chainsOf.get(coder) ?? null,
    }));
    const meanings = resolveTogether(markable.key, said, reference, placeOf);
    const grouped = group(markable.codings, meanings);
    const kept = context.kept?.get(markable.key);
    if (first !== undefined) {
      readings.push({
        unitId: first.unitId,
        readings: grouped.map(({ reading }) => reading),
        disagreement: shareOfDifferentPairs(grouped.map(({ uninformed }) => uninformed)),
        ...(kept === undefined
          ? {}
          : {
              kept: kept.map((answer) =>
                keyOfKept(
                  grouped,
                  markable.codings,
                  resolveTogether(markable.key, [...said, { answer, chains: null }], reference, placeOf),
                ),
              ),
            }),
      });
    }
    const right =
      markable.reference === null
        ? mostProbable(grouped, first?.unitId, context)?.meaning
        : resolveTogether(
            markable.key,
            [{ answer: markable.reference.answer, chains: null }],
            reference,
            placeOf,
          )[0];
    if (right !== undefined) settle(markable.key, right, reference);
  }
  return readings;
}

/** Everything that was judged or has a reference answer, in reading order. */
function markablesOf(
  codings: readonly Coding[],
  reference: ReadonlyMap<string, ReferenceAnswer<CoreferenceUnit, CoreferenceAnswer>>,
): Markable[] {
  const markables = new Map<string, Markable>();
  for (const [key, answer] of reference)
    markables.set(key, { key, unit: answer.unit, codings: [], reference: answer });
  for (const coding of codings) {
    const known = markables.get(coding.key);
    if (known !== undefined) known.codings.push(coding);
    else
      markables.set(coding.key, { key: coding.key, unit: coding.unit, codings: [coding], reference: null });
  }
  return [...markables.values()].sort(asRead);
}

interface Group {
  readonly meaning: Meaning;
  readonly reading: Reading<CoreferenceAnswer>;
  /** How many of its coders had seen nobody's answers. */
  readonly uninformed: number;
}

function mostProbable(
  grouped: readonly Group[],
  unitId: UnitId | undefined,
  context: ReadingsContext<CoreferenceUnit, CoreferenceAnswer, CoreferenceProtocol>,
): Group | undefined {
  const key =
    unitId === undefined
      ? undefined
      : context.mostProbable?.(
          unitId,
          grouped.map(({ reading }) => reading),
        );
  return grouped.find(({ reading }) => reading.key === key) ?? grouped[0];
}

function group(codings: readonly Coding[], meanings: readonly Meaning[]): Group[] {
  const groups = new Map<string, { meaning: Meaning; coders: MemberId[]; uninformed: number }>();
  for (const [index, meaning] of meanings.entries()) {
    const coding = codings[index];
    if (coding === undefined) continue;
    const known = groups.get(meaning.key) ?? { meaning, coders: [], uninformed: 0 };
    groups.set(meaning.key, known);
    known.coders.push(coding.coder);
    if (coding.informed !== true) known.uninformed += 1;
  }
  return Array.from(groups.values(), ({ meaning, coders, uninformed }) => ({
    meaning,
    reading: { key: meaning.key, answer: meaning.answer, coders: coders.sort() },
    uninformed,
  })).sort(
    (one, other) =>
      other.reading.coders.length - one.reading.coders.length ||
      (one.meaning.key < other.meaning.key ? -1 : 1),
  );
}

/**
 * The group that a kept answer falls into; null where nobody read it so. `resolved` has the meanings of all codings and,
 * last, its own: beside it what opened entities of its own may be named otherwise.
 */
function keyOfKept(
  grouped: readonly Group[],
  codings: readonly Coding[],
  resolved: readonly Meaning[],
): string | null {
  const own = resolved[codings.length]?.key;
  const same = new Set(codings.flatMap(({ coder }, place) => (resolved[place]?.key === own ? [coder] : [])));
  return grouped.find(({ reading }) => reading.coders.some((coder) => same.has(coder)))?.reading.key ?? null;
}

/** Takes a meaning for right: what it points at, and the markable itself, name these entities from now on. */
function settle(key: string, meaning: Meaning, reference: ReferenceEntities): void {
  if (meaning.answer.kind === 'new') reference.name(key, [key]);
  if (meaning.answer.kind !== 'old') return;
  for (const { entity, mentions } of meaning.opened) {
    for (const mention of mentions) reference.name(mention, [entity]);
  }
  reference.name(key, meaning.entities);
}

function shareOfDifferentPairs(supports: readonly number[]): number | null {
  const coders = supports.reduce((sum, support) => sum + support, 0);
  if (coders < 2) return null;
  const same = supports.reduce((sum, support) => sum + support * (support - 1), 0);
  return 1 - same / (coders * (coders - 1));
}
