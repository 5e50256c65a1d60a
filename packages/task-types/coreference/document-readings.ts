import { unitIdSchema } from '@casebook/contracts';
import type { MemberId, UnitId } from '@casebook/contracts';
import type { CodedUnit, Reading, UnitReadings } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit, DocumentAnswer, DocumentUnit } from './contract.ts';
import type { AnnotatedMention, Annotation } from './document-editor/annotation.ts';
import { answersOf, asRead } from './document-editor/partition.ts';
import { historyOfPass } from './document-unit.ts';
import { coreferenceReadings } from './readings.ts';

export type PassCoding = CodedUnit<DocumentUnit, DocumentAnswer>;
type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

/**
 * What passes say, phrase by phrase, as if every coder had been asked about the phrases that stand in the end. A
 * phrase is known by the words that it covers, so that those of several coders can be compared; it has a unit of its
 * own for this call alone, which no task knows. Phrases of which nothing was said are left out.
 *
 * @throws Error where a log cannot be replayed; none such is stored.
 */
export function phraseCodings(passes: readonly PassCoding[]): Coding[] {
  const unitIds = new Map<string, UnitId>();
  const unitIdOf = (name: string): UnitId => {
    const known = unitIds.get(name);
    if (known !== undefined) return known;
    const fresh = unitIdSchema.parse(
      `00000000-0000-7000-8000-${unitIds.size.toString(16).padStart(12, '0')}`,
    );
    unitIds.set(name, fresh);
    return fresh;
  };
  const ordered = [...passes].sort(
    (one, other) => compare(one.itemId, other.itemId) || compare(one.coder, other.coder),
  );
  return ordered.flatMap((pass) => {
    const annotation = annotationOf(pass);
    const keys = phraseKeys(asRead(annotation));
    const keyOf = (id: string): string => keys.get(id) ?? id;
    const codings: Coding[] = [];
    for (const [id, answer] of answersOf(annotation)) {
      if (answer === null) continue;
      const key = keyOf(id);
      const ranges = (annotation.mentions.get(id)?.ranges ?? []).map(([start, end]): [number, number] => [
        start,
        end,
      ]);
      codings.push({
        unitId: unitIdOf(JSON.stringify([pass.itemId, key])),
        itemId: pass.itemId,
        key,
        unit: { ranges, text: key },
        coder: pass.coder,
        answer: renamed(answer, keyOf),
      });
    }
    return codings;
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What a pass makes of its document. @throws Error where its log cannot be replayed */
export function annotationOf({ unit, answer }: PassCoding): Annotation {
  const outcome = historyOfPass(unit, answer);
  if (!outcome.ok)
    throw new Error(
      `entry ${(outcome.at ?? 0) + 1} of a log of “${unit.name}” cannot be done: ${outcome.refusal.message}`,
    );
  return outcome.done.annotation;
}

/** Names mentions by their words; a second one over the very same words gets a number. */
export function phraseKeys(mentions: readonly AnnotatedMention[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const { id, ranges } of mentions) {
    const words = ranges.map(([start, end]) => `${start}-${end}`).join('+');
    const count = (taken.get(words) ?? 0) + 1;
    taken.set(words, count);
    keys.set(id, count === 1 ? words : `${words} (${count})`);
  }
  return keys;
}

function renamed(answer: CoreferenceAnswer, keyOf: (id: string) => string): CoreferenceAnswer {
  switch (answer.kind) {
    case 'old':
      return { kind: 'old', antecedents: answer.antecedents.map(keyOf) };
    case 'property':
      return { kind: 'property', of: answer.of.map(keyOf) };
    case 'new':
    case 'non-referring':
      return answer;
  }
}

/**
 * Two passes are the same reading where they say the same of the same phrases, as readings of phrases are compared.
 * The distance of two passes is the share of phrases, among those of either, that only one of them has or that they
 * read differently. A kept answer comes to the reading of a pass that is the very same.
 */
export function documentReadings(
  passes: readonly PassCoding[],
  kept?: ReadonlyMap<string, readonly DocumentAnswer[]>,
): readonly UnitReadings<DocumentAnswer>[] {
  return [...Map.groupBy(passes, ({ unitId }) => unitId)].map(([unitId, ofUnit]) => {
    const said = saidByCoder(ofUnit);
    const groups = new Map<string, PassCoding[]>();
    for (const pass of [...ofUnit].sort((one, other) => compare(one.coder, other.coder))) {
      const key = JSON.stringify(
        [...(said.get(pass.coder) ?? [])].sort(([one], [other]) => compare(one, other)),
      );
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [pass]);
      else group.push(pass);
    }
    const readings = [...groups].flatMap(([key, group]): Reading<DocumentAnswer>[] => {
      const [first] = group;
      return first === undefined
        ? []
        : [{ key, answer: first.answer, coders: group.map(({ coder }) => coder) }];
    });
    readings.sort((one, other) => other.coders.length - one.coders.length || compare(one.key, other.key));
    const chosen = kept?.get(ofUnit[0]?.key ?? '')?.map((answer) => JSON.stringify(answer));
    return {
      unitId,
      readings,
      disagreement: meanDistance([...said.values()]),
      ...(chosen === undefined
        ? {}
        : {
            kept: chosen.map(
              (answer) =>
                readings.find(({ key }) =>
                  groups.get(key)?.some((pass) => JSON.stringify(pass.answer) === answer),
                )?.key ?? null,
            ),
          }),
    };
  });
}

/** What each coder says of each phrase, by the key of the reading that it belongs to. */
function saidByCoder(passes: readonly PassCoding[]): ReadonlyMap<MemberId, ReadonlyMap<string, string>> {
  const said = new Map(passes.map(({ coder }) => [coder, new Map<string, string>()]));
  const codings = phraseCodings(passes);
  const keys = new Map(codings.map(({ unitId, key }) => [unitId, key]));
  for (const { unitId, readings } of coreferenceReadings(codings)) {
    for (const { key, coders } of readings)
      for (const coder of coders) said.get(coder)?.set(keys.get(unitId) ?? '', key);
  }
  return said;
}

function meanDistance(said: readonly ReadonlyMap<string, string>[]): number | null {
  const distances = said.flatMap((one, place) => said.slice(place + 1).map((other) => distance(one, other)));
  return distances.length === 0 ? null : distances.reduce((sum, each) => sum + each, 0) / distances.length;
}

function distance(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): number {
  const phrases = new Set([...one.keys(), ...other.keys()]);
  if (phrases.size === 0) return 0;
  return [...phrases].filter((phrase) => one.get(phrase) !== other.get(phrase)).length / phrases.size;
}
