import { scoreCoreference } from '@casebook/agreement';
import type { CoreferenceDocument } from '@casebook/agreement';
import type { AgreementView, ItemId, MachineComparison, MemberId, ShownEstimate } from '@casebook/contracts';
import { codersOf } from '../agreement-view.ts';
import type { CodedUnit } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { OwnChains } from './own-chains.ts';
import { asRead } from './reading-order.ts';
import { coreferenceReadings } from './readings.ts';
import { pointedAt } from './words.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;
type Answered = Pick<Coding, 'itemId' | 'key' | 'unit' | 'answer'>;

const METRICS = ['muc', 'bcub', 'ceafe', 'lea'] as const;

/**
 * Every machine against every person, and against what most persons say: MUC, B³, CEAFe, LEA and the CoNLL F1, the
 * person's entities as key, documents added up, over the units that the person answered. Entities of one mention
 * count on neither side, since many systems write none. Machines are in no other figure.
 */
export function machineAgreement(machines: readonly Coding[], persons: readonly Coding[]): AgreementView {
  const [systems, people] = [codersOf(machines), codersOf(persons)];
  const sides: readonly { readonly against: MemberId | null; readonly said: readonly Answered[] }[] = [
    { against: null, said: majorityOf(persons) },
    ...people.map((person) => ({ against: person, said: persons.filter(({ coder }) => coder === person) })),
  ];
  return {
    id: 'machines',
    title: 'Machines',
    explanation:
      'The entities of each machine, scored against those of each person and against what most persons say, over the phrases that the other side answered. Entities of one mention count on neither side. Machines enter no other figure.',
    coders: systems,
    units: new Set(machines.map(({ unitId }) => unitId)).size,
    ratings: machines.length,
    measures: [],
    pairs: [],
    machines: systems.flatMap((machine) => {
      const own = machines.filter(({ coder }) => coder === machine);
      return sides.map(({ against, said }) => compared(machine, own, against, said));
    }),
  };
}

/** What most persons say of each unit; ties as the readings have them. */
function majorityOf(persons: readonly Coding[]): Answered[] {
  const known = new Map(persons.map((coding) => [coding.unitId, coding]));
  return [...Map.groupBy(persons, ({ itemId }) => itemId).values()].flatMap((ofItem) =>
    coreferenceReadings(ofItem).flatMap(({ unitId, readings: [first] }) => {
      const coding = known.get(unitId);
      return coding === undefined || first === undefined ? [] : [{ ...coding, answer: first.answer }];
    }),
  );
}

function compared(
  machine: MemberId,
  own: readonly Coding[],
  against: MemberId | null,
  said: readonly Answered[],
): MachineComparison {
  const asked = new Set(said.map(placeOf));
  const found = own.filter((coding) => asked.has(placeOf(coding))).length;
  const ofMachine = Map.groupBy(own, ({ itemId }) => itemId);
  const documents = Array.from(
    Map.groupBy(said, ({ itemId }) => itemId),
    ([itemId, key]): CoreferenceDocument => ({
      id: itemId,
      key: entitiesOf(key, asked),
      response: entitiesOf(ofMachine.get(itemId) ?? [], asked),
    }),
  );
  return { machine, against, units: asked.size, found, scores: scoresOf(documents, asked.size) };
}

function scoresOf(documents: readonly CoreferenceDocument[], units: number): MachineComparison['scores'] {
  const missing = (measure: string, reason: string): MachineComparison['scores'][number] => ({
    measure,
    estimate: { kind: 'undefined', reason },
  });
  if (documents.length === 0)
    return [...METRICS, 'conll'].map((measure) => missing(measure, 'nobody has answered'));
  const scores = scoreCoreference(documents, { metrics: METRICS, singletons: 'drop' });
  const value = (f1: number): ShownEstimate => ({
    kind: 'value',
    value: f1,
    interval: null,
    units,
    ratings: 2 * units,
  });
  // A machine that finds nothing scores 0; where the other side names nothing there is no score.
  const empty = METRICS.some((metric) => scores[metric]?.counts?.recallDenominator === 0);
  const f1Of = (measure: (typeof METRICS)[number] | 'conll'): number | undefined => scores[measure]?.f1;
  return ([...METRICS, 'conll'] as const).map((measure) => {
    const f1 = f1Of(measure);
    return empty || f1 === undefined
      ? missing(measure, 'nothing is named twice among the answers that it is scored against')
      : { measure, estimate: value(f1) };
  });
}

/** The entities that answers make of one document, as lists of units; of those asked about only. */
function entitiesOf(answered: readonly Answered[], asked: ReadonlySet<string>): string[][] {
  const inOrder = [...answered].sort(asRead);
  const placeOfKey = new Map(inOrder.map((one) => [one.key, placeOf(one)]));
  // A phrase that was pointed at and not answered holds its chain together, as in the coders' own chains.
  const unanswered = [...new Set(inOrder.flatMap(({ answer }) => pointedAt(answer)))]
    .filter((key) => !placeOfKey.has(key))
    .map((key) => ({ key, answer: null }));
  const chains = new OwnChains([...unanswered, ...inOrder]);
  const entities: string[][] = [];
  const told = new Set<string>();
  for (const { key } of inOrder) {
    const chain = chains.chainOf(key);
    const [first] = chain;
    if (first === undefined || told.has(first)) continue;
    told.add(first);
    const kept = chain.flatMap((member) => placeOfKey.get(member) ?? []).filter((place) => asked.has(place));
    if (kept.length > 0) entities.push(kept);
  }
  return entities;
}

/** Over which words of which item: the same for phrases that coders marked themselves. */
function placeOf({ itemId, unit }: { readonly itemId: ItemId; readonly unit: CoreferenceUnit }): string {
  return `${itemId} ${unit.ranges.map((range) => range.join('-')).join(',')}`;
}
