import type { DocumentContent } from '@casebook/contracts';
import { asMet, type AnnotatedMention, type Annotation } from '../annotation.ts';
import { faultOfSpans, holdsSpan, holdsToken } from '../spans.ts';

/** Everything that must hold of an annotation and does not, in words. */
export function brokenInvariants(text: Pick<DocumentContent, 'tokens'>, annotation: Annotation): string[] {
  return [
    ...[...annotation.mentions.values()].flatMap((mention) => [...ofMention(text, annotation, mention)]),
    ...ofEntities(annotation),
    ...repeated([...annotation.mentions.values()].map(({ ranges }) => JSON.stringify(ranges))).map(
      (span) => `two mentions over ${span}`,
    ),
  ];
}

function* ofMention(
  text: Pick<DocumentContent, 'tokens'>,
  { mentions, entities }: Annotation,
  { id, ranges, head, minimum, standing, bridges, deixis }: AnnotatedMention,
): Generator<string> {
  const fault = faultOfSpans(ranges, text.tokens.length);
  if (fault !== null) yield `${id}: ${fault}`;
  if (head !== null && !holdsToken(minimum === null ? ranges : [minimum], head)) yield `${id}: head outside`;
  if (minimum !== null && !holdsSpan(ranges, minimum)) yield `${id}: minimum outside`;
  if (standing.kind === 'entity' && entities.get(standing.entity)?.mentions.includes(id) !== true)
    yield `${id}: not listed by its entity`;
  if (standing.kind === 'property' && !standing.of.every((other) => mentions.has(other)))
    yield `${id}: describes what is not there`;
  const namesNothing = standing.kind === 'property' || standing.kind === 'non-referring';
  if (namesNothing && (bridges.length > 0 || deixis !== null))
    yield `${id}: names nothing and points somewhere`;
  for (const { to } of bridges) {
    if (!entities.has(to)) yield `${id}: bridged to what is not there`;
    if (standing.kind === 'entity' && standing.entity === to) yield `${id}: bridged to itself`;
  }
}

function* ofEntities({ mentions, entities }: Annotation): Generator<string> {
  const rows = [...entities.values()];
  for (const { id, mentions: listed, antecedents } of rows) {
    if (listed.length === 0) yield `${id}: no mentions`;
    const found = listed.flatMap((mention) => mentions.get(mention) ?? []);
    if (found.length !== listed.length) yield `${id}: lists what is not there`;
    if (found.some(({ standing }) => standing.kind !== 'entity' || standing.entity !== id))
      yield `${id}: lists a mention of another`;
    if (found.some((mention, index) => index > 0 && asMet(found[index - 1] ?? mention, mention) > 0))
      yield `${id}: out of order`;
    if (antecedents.length === 1) yield `${id}: together with nobody`;
    if (antecedents.some((part) => (entities.get(part)?.antecedents.length ?? 1) > 0))
      yield `${id}: a part that is not there, or several itself`;
  }
  for (const number of repeated(rows.map(({ number }) => String(number))))
    yield `two entities numbered ${number}`;
  const sets = rows.filter(({ antecedents }) => antecedents.length > 0);
  for (const set of repeated(sets.map(({ antecedents }) => [...antecedents].sort().join('+'))))
    yield `two entities that are ${set}`;
  for (const mention of repeated(rows.flatMap(({ mentions: listed }) => listed)))
    yield `${mention} listed twice`;
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
