import type { CoderAnswer, DocumentContent, Mention, TokenRange } from '@casebook/contracts';
import { textOfMention } from '@casebook/contracts';
import { documentOf } from '../../item-content.ts';
import type {
  BroughtDocument,
  LeftAnswer,
  PlacedAnswer,
  PlacedAnswers,
  PlannedItem,
  UnitPlan,
} from '../../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit, EitherAnswer, EitherUnit } from '../contract.ts';
import { isDocumentUnit } from '../document-unit.ts';
import { goldOf } from '../gold.ts';
import { asRead } from '../reading-order.ts';
import { alignTokens } from './token-alignment.ts';

type Said = CoderAnswer['answer'];

/** A document's own chains and links as the answers of one coder: how a machine's output is taken for a coder's. */
export function answersOfChains(item: PlannedItem, coder: string): CoderAnswer[] {
  return Array.from(goldOf(item), ([mention, answer]) => ({ coder, mention, answer }));
}

/**
 * Puts answers to the mentions of a brought document on the units of an item: a mention is the unit over exactly the
 * same words. Of a coder's answers to one unit the last counts. What an answer points at is found on the same way;
 * where it is no unit, the coder's own chain is followed back to an earlier unit. An answer that points at no unit
 * at all is new where `fresh` says so (a machine's chain begins with its first mention that is a unit), and left out
 * else.
 */
export function placeAnswers(
  { content, answers, chains }: BroughtDocument,
  item: PlannedItem,
  units: readonly Pick<UnitPlan<EitherUnit>, 'key' | 'content'>[],
): PlacedAnswers<EitherAnswer> {
  const document = documentOf(item);
  const phrases = units.flatMap(({ key, content: unit }) => (isDocumentUnit(unit) ? [] : [{ key, unit }]));
  if (phrases.length === 0 && units.length > 0)
    return {
      kind: 'refused',
      reason: 'this task asks about whole documents, and the file answers phrase by phrase',
    };
  const alignment = alignTokens(content.tokens, document.tokens);
  if (alignment.kind === 'differs') {
    const { at, found, expected } = alignment;
    return {
      kind: 'refused',
      reason: `the text is not that of “${item.name}”: token ${at + 1} is “${found}” where the project has “${expected}”`,
    };
  }
  const keyOf = keysOfMentions(content, phrases, alignment.rangeOf);
  const order = new Map([...phrases].sort(asRead).map(({ key }, place) => [key, place]));
  const mentions = new Map(content.mentions.map((mention) => [mention.id, mention]));
  const placed = new Map<string, PlacedAnswer<CoreferenceAnswer>>();
  const left: LeftAnswer[] = [];
  for (const [coder, own] of byCoder(answers)) {
    const said = new Map(own.map(({ mention, answer }) => [mention, answer]));
    for (const given of own) {
      const leave = (reason: string): void => {
        left.push({ coder, reason: `${phraseOf(mentions.get(given.mention), content)} ${reason}` });
      };
      const key = keyOf.get(given.mention);
      const { answer } = given;
      if (given.validation !== undefined)
        leave('was only agreed or disagreed with: no answer of the coder’s own');
      else if (answer.kind === 'skipped')
        leave(`was skipped${answer.reason === undefined ? '' : ` (${answer.reason})`}`);
      else if (key === undefined) leave('is no phrase of this task');
      else {
        const place = order.get(key) ?? 0;
        const earlier = (ids: readonly string[]): string[] => [
          ...new Set(
            ids.flatMap((id) => earlierUnit(id, said, keyOf, (unit) => (order.get(unit) ?? 0) < place) ?? []),
          ),
        ];
        const here = answerHere(answer, earlier, chains === true);
        if (here === null) leave('points only at what is no earlier phrase of this task');
        else {
          const { comment, givenAt, elapsedMs, rating } = given;
          placed.set(`${key}\n${coder}`, {
            coder,
            key,
            answer: here,
            ...(comment === undefined ? {} : { comment }),
            ...(givenAt === undefined ? {} : { givenAt }),
            ...(elapsedMs === undefined ? {} : { elapsedMs }),
            ...(rating === undefined ? {} : { rating }),
          });
        }
      }
    }
  }
  return { kind: 'placed', answers: [...placed.values()], left };
}

function answerHere(
  answer: Exclude<Said, { kind: 'skipped' }>,
  earlier: (ids: readonly string[]) => string[],
  chains: boolean,
): CoreferenceAnswer | null {
  if (answer.kind === 'old') {
    const antecedents = earlier(answer.antecedents).slice(0, 20);
    if (antecedents.length > 0) return { kind: 'old', antecedents };
    return chains ? { kind: 'new' } : null;
  }
  if (answer.kind === 'property') {
    const of = earlier(answer.of).slice(0, 20);
    return of.length > 0 ? { kind: 'property', of } : null;
  }
  return answer;
}

/** The nearest unit on the way back along a coder's own antecedents; null where there is none. */
function earlierUnit(
  mention: string,
  said: ReadonlyMap<string, Said>,
  keyOf: ReadonlyMap<string, string>,
  isEarlier: (unit: string) => boolean,
): string | null {
  const seen = new Set<string>();
  for (let at: string | undefined = mention; at !== undefined && !seen.has(at);) {
    seen.add(at);
    const key = keyOf.get(at);
    if (key !== undefined && isEarlier(key)) return key;
    const answer = said.get(at);
    // Several antecedents are several entities: none of them is the chain of what points there.
    at = answer?.kind === 'old' && answer.antecedents.length === 1 ? answer.antecedents[0] : undefined;
  }
  return null;
}

function keysOfMentions(
  content: DocumentContent,
  phrases: readonly { readonly key: string; readonly unit: CoreferenceUnit }[],
  rangeOf: (range: TokenRange) => TokenRange | null,
): ReadonlyMap<string, string> {
  const byPlace = new Map<string, string>();
  // Of two units over the same words the first is meant.
  for (const { key, unit } of [...phrases].sort(asRead).reverse()) byPlace.set(placeOf(unit.ranges), key);
  const keys = new Map<string, string>();
  for (const { id, ranges } of content.mentions) {
    const here = ranges.map(rangeOf);
    if (here.some((range) => range === null)) continue;
    const key = byPlace.get(placeOf(here.flatMap((range) => (range === null ? [] : [range]))));
    if (key !== undefined) keys.set(id, key);
  }
  return keys;
}

const placeOf = (ranges: readonly (readonly [number, number])[]): string =>
  ranges.map(([start, end]) => `${start}-${end}`).join(',');

function phraseOf(mention: Mention | undefined, { tokens }: DocumentContent): string {
  if (mention === undefined) return 'a phrase that the file does not have';
  const places = mention.ranges.map(([start, end]) =>
    end - start === 1 ? `${start + 1}` : `${start + 1}–${end}`,
  );
  return `“${textOfMention(tokens, mention)}” (tokens ${places.join(', ')})`;
}

function byCoder(answers: readonly CoderAnswer[]): ReadonlyMap<string, CoderAnswer[]> {
  return Map.groupBy(answers, ({ coder }) => coder);
}
