import { inReadingOrder, memberIdSchema } from '@casebook/contracts';
import type { Chain, DocumentContent, MemberId, Mention, TokenRange } from '@casebook/contracts';
import { writeConll2012 } from '@casebook/corpora';
import { documentOf } from '../item-content.ts';
import type { TaskExport, UnitExport } from '../task-type-server.ts';
import { adoptedSpan } from './corrected-span/adopted.ts';
import { WrittenText } from './corrected-span/written-text.ts';
import type { CoreferenceAnswer, CoreferenceUnit, EitherAnswer, EitherUnit } from './contract.ts';
import { phraseCodings, type PassCoding } from './document-readings.ts';
import { passesAmong, phraseAnswer, preferredOf } from './kinds.ts';
import { OwnChains } from './own-chains.ts';
import { asRead } from './reading-order.ts';
import { coreferenceReadings } from './readings.ts';

/** Stands for the adjudicator where a pass is his; no member ever has this id. */
const BENCH: MemberId = memberIdSchema.parse('00000000-0000-7000-8000-000000000000');

/**
 * The most probable reading of every phrase as CoNLL-2012; what an adjudicator decided goes before it, of several
 * readings that he kept the heaviest. Phrases that name nothing by it, and phrases that nobody judged and nobody
 * pointed at, are no mentions; an entity of one mention is written all the same. A phrase that names several entities
 * together stands in a chain of its own with those that name the same ones. Where whole documents were annotated,
 * phrases are those that at least half of their coders marked and said something of; of a document that was decided,
 * those of the pass that it was decided for.
 */
export const conll2012: TaskExport<EitherUnit, EitherAnswer> = {
  format: 'conll-2012',
  title: 'CoNLL-2012, majority reading, or the bench’s',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'conll',
  leavesOut: [
    'Readings other than the most probable one, and who supported which; where the bench decided, all but its own, and of several that it kept all but the heaviest.',
    'Which readings the bench decided, and which the votes: the page of adjudication lists them.',
    'Gold, where it was brought along: it is neither a vote nor in the file.',
    'Further readings of a phrase that its coder called ambiguous: only the preferred one is counted.',
    'Properties and phrases that refer to nothing: they are no mentions here.',
    'Which entities a plural names together: it stands in a chain of its own.',
    'Borders that coders gave a phrase and the bench did not adopt: it is written as it was shown.',
    'Adopted borders inside a word: the whole word is taken.',
    'Phrases that fewer than half of a document’s coders marked, where coders mark phrases themselves.',
    'The gaps of a discontinuous phrase: it is written from its first word to its last.',
    'Of two phrases of one entity that cross, the later one.',
    'Paragraphs, and which words no space follows.',
  ],
  async *write(items) {
    for await (const item of items) {
      yield writeConll2012({ key: item.item.name, content: majorityOf(item) }).text;
    }
  },
};

function majorityOf({ item, units }: UnitExport<EitherUnit, EitherAnswer>): DocumentContent {
  const document = documentOf(item);
  const codings = units.flatMap(({ unitId, key, unit, readings, decided }) =>
    (decided ? readings.slice(0, 1) : readings).flatMap(({ answer, coders }) =>
      (decided ? [BENCH] : coders).map((coder) => ({ unitId, itemId: item.id, key, unit, coder, answer })),
    ),
  );
  const passes = passesAmong(codings);
  if (passes.length > 0) {
    const { phrases, mentions } = phrasesOfPasses(passes);
    return withChains(document, mentions, phrases);
  }
  const phrases = units.flatMap(({ key, unit, readings: [first] }) => {
    const answer = first === undefined ? null : phraseAnswer(first.answer);
    return 'kind' in unit ? [] : [{ key, unit, answer: answer === null ? null : preferredOf(answer) }];
  });
  return withChains(document, mentionsAsAdopted(document, units), phrases);
}

/** A document's mentions in reading order, with the borders that the bench gave them. */
function mentionsAsAdopted(
  document: DocumentContent,
  units: UnitExport<EitherUnit, EitherAnswer>['units'],
): readonly Mention[] {
  const adopted = new Map(
    units.flatMap(({ key, kept = [] }) => {
      const span = adoptedSpan(kept);
      return span === null ? [] : [[key, span] as const];
    }),
  );
  if (adopted.size === 0) return document.mentions;
  const text = new WrittenText(document);
  return document.mentions
    .map((mention) => {
      const span = adopted.get(mention.id);
      if (span === undefined) return mention;
      const { head: _head, ...rest } = mention;
      return { ...rest, ranges: text.tokensOf(span.ranges).map(([start, end]): TokenRange => [start, end]) };
    })
    .sort(inReadingOrder);
}

interface Phrase {
  readonly key: string;
  readonly unit: CoreferenceUnit;
  readonly answer: CoreferenceAnswer | null;
}

/** The majority reading of every phrase of some passes; mentions are those that enough of their coders have. */
function phrasesOfPasses(passes: readonly PassCoding[]): { phrases: Phrase[]; mentions: Mention[] } {
  const codings = phraseCodings(passes);
  const known = new Map(codings.map((coding) => [coding.unitId, coding]));
  const phrases: Phrase[] = [];
  const mentions: Mention[] = [];
  for (const { unitId, readings } of coreferenceReadings(codings)) {
    const coding = known.get(unitId);
    if (coding === undefined) continue;
    const { key, unit } = coding;
    phrases.push({ key, unit, answer: readings[0]?.answer ?? null });
    const coders = readings.reduce((sum, reading) => sum + reading.coders.length, 0);
    if (coders * 2 >= passes.length) mentions.push({ id: key, ranges: unit.ranges });
  }
  return { phrases, mentions };
}

function withChains(
  document: DocumentContent,
  mentions: readonly Mention[],
  phrases: readonly Phrase[],
): DocumentContent {
  const majority = new OwnChains([...phrases].sort(asRead));
  const known = new Set(mentions.map(({ id }) => id));
  const chains = new Map<string, Chain>();
  for (const { key } of phrases) {
    const chain = majority.chainOf(key);
    const kept = chain.filter((id) => known.has(id));
    if (chain[0] === key && kept.length > 0) chains.set(key, { id: String(chains.size), mentions: kept });
  }
  const inChain = new Set(Array.from(chains.values()).flatMap(({ mentions: ids }) => ids));
  const { links: _links, ...rest } = document;
  return { ...rest, mentions: mentions.filter(({ id }) => inChain.has(id)), chains: [...chains.values()] };
}
