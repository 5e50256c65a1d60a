import { collectAnswers, mpa } from '@casebook/agreement';
import type { MpaAggregation, MpaProfile } from '@casebook/agreement';
import type { MemberId, UnitId } from '@casebook/contracts';
import type {
  CodedUnit,
  Reading,
  ReferenceAnswer,
  UnitReadings,
  WeighedReading,
} from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { coreferenceReadings } from './readings.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;
type References = ReadonlyMap<string, ReferenceAnswer<CoreferenceUnit, CoreferenceAnswer>>;

interface WeighedUnit {
  readonly unitId: UnitId;
  readonly key: string;
  /** The most probable first; of equals the most supported. */
  readonly readings: readonly WeighedReading<CoreferenceAnswer>[];
}

export interface MentionPairReadings {
  /** A list for each document, in the order given; units in reading order. */
  readonly documents: readonly (readonly WeighedUnit[])[];
  /** What a coder is worth about each class of answer. */
  readonly coders: ReadonlyMap<MemberId, Readonly<Record<string, MpaProfile>>>;
  /** How often the model was fitted until the most probable readings held still. */
  readonly rounds: number;
  readonly settled: boolean;
}

/** Which readings are the same hangs on which are right, and that on the model: it rarely takes more than three. */
const MOST_ROUNDS = 10;

/**
 * The readings of documents, weighed by the mention-pair model (Paun et al. 2018; `mpa`) over all of them together.
 * A label is the class of a reading with the entities it names, so that answers which name one entity by different
 * mentions support one label. Entities are those of the most probable readings so far, at first of the majority's;
 * the two are computed in turn until nothing moves. The order of documents, units and coders does not matter.
 *
 * @param pooling as of `mpa`: `partial` for few coders or few answers a coder.
 * @param mostRounds at which to stop, settled or not.
 */
export function mentionPairReadings(
  documents: readonly (readonly Coding[])[],
  pooling: 'none' | 'partial' = 'none',
  mostRounds = MOST_ROUNDS,
): MentionPairReadings {
  let references: readonly References[] = documents.map(() => new Map());
  let signature = '';
  for (let round = 1; ; round += 1) {
    const readings = documents.map((codings, place) =>
      coreferenceReadings(codings, { reference: references[place] ?? new Map() }),
    );
    const { weighed, model } = fit(documents, readings, pooling);
    const now = JSON.stringify(weighed.map((units) => units.map(({ readings: [best] }) => best?.key)));
    const settled = now === signature;
    if (settled || round >= mostRounds) {
      return { documents: weighed, coders: profilesOf(model, documents.flat()), rounds: round, settled };
    }
    signature = now;
    references = weighed.map((units, place) => referencesOf(documents[place] ?? [], units));
  }
}

function fit(
  documents: readonly (readonly Coding[])[],
  readings: readonly (readonly UnitReadings<CoreferenceAnswer>[])[],
  pooling: 'none' | 'partial',
): { weighed: WeighedUnit[][]; model: MpaAggregation } {
  const labelOf = ({ key, answer }: Reading<CoreferenceAnswer>): string => `${answer.kind}(${key})`;
  const model = mpa(
    collectAnswers(
      readings.flatMap((units, document) =>
        units.flatMap((unit) =>
          unit.readings.flatMap((reading) =>
            reading.coders.map((coder) => ({
              unit: `${String(document)} ${unit.unitId}`,
              coder,
              label: labelOf(reading),
            })),
          ),
        ),
      ),
    ),
    { pooling },
  );
  const placeOf = new Map(model.units.map((unit, place) => [unit, place]));
  const posteriorOf = (unit: string, label: string): number => {
    const place = placeOf.get(unit) ?? -1;
    const end = model.candidateStarts[place + 1] ?? 0;
    for (let candidate = model.candidateStarts[place] ?? end; candidate < end; candidate += 1) {
      if (model.labels[model.candidateLabel[candidate] ?? -1] === label)
        return model.accepted[candidate] ?? 0;
    }
    return 0;
  };
  const weighed = readings.map((units, document) => {
    const keys = new Map((documents[document] ?? []).map(({ unitId, key }) => [unitId, key]));
    return units.map((unit) => ({
      unitId: unit.unitId,
      key: keys.get(unit.unitId) ?? '',
      readings: unit.readings
        .map((reading) => ({
          ...reading,
          posterior: posteriorOf(`${String(document)} ${unit.unitId}`, labelOf(reading)),
        }))
        // The sort is stable: of equally probable ones the most supported stays first.
        .sort((one, other) => other.posterior - one.posterior),
    }));
  });
  return { weighed, model };
}

function referencesOf(codings: readonly Coding[], units: readonly WeighedUnit[]): References {
  const unitOf = new Map(codings.map(({ key, unit }) => [key, unit]));
  return new Map(
    units.flatMap(({ key, readings: [best] }) => {
      const unit = unitOf.get(key);
      return best === undefined || unit === undefined ? [] : [[key, { unit, answer: best.answer }] as const];
    }),
  );
}

function profilesOf(model: MpaAggregation, codings: readonly Coding[]): MentionPairReadings['coders'] {
  const members = new Map<string, MemberId>(codings.map(({ coder }) => [coder, coder]));
  return new Map(
    model.coders.flatMap((name, place) => {
      const coder = members.get(name);
      const profiles = (model.profiles[place] ?? []).map(
        (profile, at) => [model.classes[at] ?? '', profile] as const,
      );
      return coder === undefined ? [] : [[coder, Object.fromEntries(profiles)] as const];
    }),
  );
}
