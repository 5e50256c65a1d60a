import { coreferenceBetweenCoders, scoreCoreference } from '@casebook/agreement';
import type { CoreferenceDocument } from '@casebook/agreement';
import type { AgreementView, ItemId, MachineComparison, MemberId, ShownEstimate } from '@casebook/contracts';
import { codersOf } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { bootstrapOf, shownOverDocuments } from './over-documents.ts';
import { OwnChains } from './own-chains.ts';
import { asRead } from './reading-order.ts';
import { coreferenceReadings } from './readings.ts';
import { pointedAt } from './words.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;
type Answered = Pick<Coding, 'itemId' | 'key' | 'unit' | 'answer'>;

const MEASURES = ['muc', 'bcub', 'ceafe', 'lea', 'conll'] as const;

/**
 * Every machine against every person, and against what most persons say: MUC, B³, CEAFe, LEA and the CoNLL F1, the
 * person's entities as key, documents added up, over the units that the person answered. Entities of one mention
 * count on neither side, since many systems write none. Intervals are over documents. Machines are in no other figure.
 */
export function machineAgreement(
  machines: readonly Coding[],
  persons: readonly Coding[],
  request: AgreementRequest,
): AgreementView {
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
      return sides.map(({ against, said }) => compared(machine, own, against, said, request));
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
  request: AgreementRequest,
): MachineComparison {
  const asked = new Set(said.map(placeOf));
  const found = own.filter((coding) => asked.has(placeOf(coding))).length;
  const ofMachine = Map.groupBy(own, ({ itemId }) => itemId);
  const documents = Array.from(
    Map.groupBy(said, ({ itemId }) => itemId),
    ([itemId, key]) => ({
      id: itemId,
      key: entitiesOf(key, asked),
      response: entitiesOf(ofMachine.get(itemId) ?? [], asked),
    }),
  );
  const figure = `${machine} ${against ?? 'most'}`;
  return {
    machine,
    against,
    units: asked.size,
    found,
    scores: scoresOf(documents, asked.size, figure, request),
  };
}

/** The scores of one machine against one side, with intervals over documents as between coders. */
function scoresOf(
  documents: readonly (CoreferenceDocument & { readonly id: string })[],
  units: number,
  figure: string,
  request: AgreementRequest,
): MachineComparison['scores'] {
  const missing = (measure: string, reason: string): MachineComparison['scores'][number] => ({
    measure,
    estimate: { kind: 'undefined', reason },
  });
  if (documents.length === 0) return MEASURES.map((measure) => missing(measure, 'nobody has answered'));
  const { counts } = scoreCoreference(documents, { metrics: ['muc'], singletons: 'drop' }).muc ?? {};
  const [pair] = coreferenceBetweenCoders([{ coders: ['key', 'response'], documents }], {
    singletons: 'drop',
    interval: (score) =>
      MEASURES.some((measure) => measure === score)
        ? bootstrapOf(`machines ${figure} ${score}`, 'percentile', request)
        : { method: 'none' },
  }).pairs;
  // A machine that finds nothing scores 0; where the other side names nothing there is no score.
  const empty = counts === undefined || counts === null || counts.recallDenominator === 0;
  return MEASURES.map((measure) => {
    const estimate = pair?.scores[measure];
    return empty || estimate === undefined
      ? missing(measure, 'nothing is named twice among the answers that it is scored against')
      : { measure, estimate: overUnits(shownOverDocuments(estimate, documents.length), units) };
  });
}

/** What was asked stands beside these scores, not how many mentions were found. */
function overUnits(estimate: ShownEstimate, units: number): ShownEstimate {
  return estimate.kind === 'value' ? { ...estimate, units, ratings: 2 * units } : estimate;
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
