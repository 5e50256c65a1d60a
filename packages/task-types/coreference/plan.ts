import { namedGenerator, shuffle } from '@casebook/agreement';
import { inReadingOrder, textOfMention } from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import { documentOf } from '../item-content.ts';
import type { PlannedItem, PlanRequest, SectionPlan, UnitPlan } from '../task-type-server.ts';
import type { CoreferenceProtocol, CoreferenceUnit, EitherUnit } from './contract.ts';
import { documentUnitOf, WHOLE_DOCUMENT } from './document-unit.ts';

/**
 * Every mention of every document is a unit, in reading order; or every document is one. What is shuffled is the order of the documents:
 * within one, an answer points back at what was read, so its sections and units always come as the text does.
 */
export async function* planCoreference(
  items: AsyncIterable<PlannedItem>,
  { protocol, order, seed }: PlanRequest<CoreferenceProtocol>,
): AsyncGenerator<SectionPlan<EitherUnit>> {
  if (order === 'reading') {
    for await (const item of items) yield* sectionsOf(item, protocol);
    return;
  }
  const documents: SectionPlan<EitherUnit>[][] = [];
  for await (const item of items) documents.push(sectionsOf(item, protocol));
  for (const sections of shuffle(documents, namedGenerator('order of documents', seed))) yield* sections;
}

function sectionsOf(item: PlannedItem, protocol: CoreferenceProtocol): SectionPlan<EitherUnit>[] {
  const document = documentOf(item);
  if (protocol.pass.kind === 'document') {
    const content = documentUnitOf(item, document, protocol.pass.start);
    return [{ name: item.name, units: [{ itemId: item.id, key: WHOLE_DOCUMENT, content }] }];
  }
  const runs =
    protocol.section.kind === 'document'
      ? [unitsOf(item, document)].filter((units) => units.length > 0)
      : runsOfParagraphs(unitsOf(item, document), document, protocol.section.markables);
  return runs.map((units, index) => ({
    name: runs.length === 1 ? item.name : `${item.name} (${index + 1} of ${runs.length})`,
    units,
  }));
}

function unitsOf(item: PlannedItem, document: DocumentContent): UnitPlan<CoreferenceUnit>[] {
  return [...document.mentions].sort(inReadingOrder).map((mention) => ({
    itemId: item.id,
    key: mention.id,
    content: { ranges: mention.ranges, text: textOfMention(document.tokens, mention) },
  }));
}

/**
 * Whole paragraphs, as many together as come nearest to the wanted number of units. A mention stands where it
 * begins.
 */
function runsOfParagraphs(
  units: readonly UnitPlan<CoreferenceUnit>[],
  document: DocumentContent,
  wanted: number,
): UnitPlan<CoreferenceUnit>[][] {
  const runs: UnitPlan<CoreferenceUnit>[][] = [];
  let run: UnitPlan<CoreferenceUnit>[] = [];
  for (const paragraph of byParagraph(units, document)) {
    const overshoot = run.length + paragraph.length - wanted;
    if (run.length > 0 && overshoot > wanted - run.length) {
      runs.push(run);
      run = [];
    }
    run = [...run, ...paragraph];
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

function byParagraph(
  units: readonly UnitPlan<CoreferenceUnit>[],
  { paragraphs }: DocumentContent,
): UnitPlan<CoreferenceUnit>[][] {
  const ends = paragraphs.map(([, end]) => end).sort((one, other) => one - other);
  const groups: UnitPlan<CoreferenceUnit>[][] = [[]];
  let at = 0;
  for (const unit of units) {
    const start = unit.content.ranges[0]?.[0] ?? 0;
    while (start >= (ends[at] ?? Infinity)) {
      groups.push([]);
      at += 1;
    }
    groups.at(-1)?.push(unit);
  }
  return groups;
}
