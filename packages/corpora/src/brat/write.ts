import type { DocumentContent, Mention } from '@casebook/contracts';
import type { WritableDocument } from '../export.ts';
import { counted } from '../export.ts';
import type { Layout } from '../text/layout.ts';
import { layOut } from '../text/layout.ts';
import { CHAIN_ATTRIBUTE, DEFAULT_TYPE, EQUIVALENCE, typeOf } from './relations.ts';

/** The two files of a document in brat's standoff format. */
export interface BratWritten {
  /** The `.txt` file: a sentence a line, a blank line between paragraphs. */
  text: string;
  /** The `.ann` file; offsets count code points. */
  annotations: string;
  lost: string[];
}

const NAME = /^[^\s;:|]+$/u;

/**
 * Writes one document as text and annotation. A span's type is the mention's `etype`, or `Mention`; its chain is
 * named by an attribute `Chain`, and chains of several are an equivalence besides, so that brat shows them.
 */
export function writeBrat({ content }: WritableDocument): BratWritten {
  const layout = layOut(content, { sentences: 'newline' });
  const lost: string[] = [];
  const ids = spanIds(content.mentions);
  const points = Array.from(layout.text);
  const lines: string[] = [];
  const written = new Set<string>();
  for (const mention of content.mentions) {
    const line = spanLine(mention, ids.get(mention.id) ?? '', points, layout);
    if (line === null) continue;
    lines.push(line);
    written.add(mention.id);
  }
  lost.push(
    ...counted(
      content.mentions.length - written.size,
      'mention of an empty node is left out',
      'mentions of empty nodes are left out',
    ),
  );
  const spanOf = (mention: string): string[] => (written.has(mention) ? [ids.get(mention) ?? ''] : []);
  const attributes = attributeLines(content, spanOf, lost);
  const equivalences = content.chains
    .map((chain) => chain.mentions.flatMap(spanOf))
    .filter((spans) => spans.length > 1);
  lines.push(
    ...attributes,
    ...equivalences.map((spans) => `*\t${EQUIVALENCE} ${spans.join(' ')}`),
    ...relationLines(content, spanOf),
  );
  lost.push(...unholdable(content));
  return { text: layout.text, annotations: lines.map((line) => `${line}\n`).join(''), lost };
}

/** Ids as brat wants them, `T1`: the mentions' own where they have that form. */
function spanIds(mentions: readonly Mention[]): Map<string, string> {
  const taken = new Set(mentions.map(({ id }) => id));
  const ids = new Map<string, string>();
  let next = 1;
  for (const { id } of mentions) {
    if (/^T[1-9]\d*$/u.test(id)) {
      ids.set(id, id);
      continue;
    }
    while (taken.has(`T${next}`)) next += 1;
    ids.set(id, `T${next}`);
    next += 1;
  }
  return ids;
}

/** Null for a mention that has no character of the text. */
function spanLine(
  mention: Mention,
  id: string,
  points: readonly string[],
  { starts, ends }: Layout,
): string | null {
  const fragments = mention.ranges.flatMap(([first, after]) => {
    const start = starts[first] ?? 0;
    const end = ends[after - 1] ?? start;
    return withoutLineEnds(points, start, end);
  });
  if (fragments.length === 0) return null;
  const type = mention.attributes?.['etype'];
  const shown = fragments
    .map(([start, end]) => points.slice(start, end).join('').replaceAll('\t', ' '))
    .join(' ');
  const place = fragments.map(([start, end]) => `${start} ${end}`).join(';');
  return `${id}\t${type !== undefined && NAME.test(type) ? type : DEFAULT_TYPE} ${place}\t${shown}`;
}

/** A fragment for every line of the text that the span touches, since brat knows none that holds a line end. */
function withoutLineEnds(points: readonly string[], start: number, end: number): [number, number][] {
  const fragments: [number, number][] = [];
  let from = start;
  for (let at = start; at <= end; at += 1) {
    if (at < end && points[at] !== '\n') continue;
    if (at > from) fragments.push([from, at]);
    from = at + 1;
  }
  return fragments;
}

function attributeLines(
  content: DocumentContent,
  spanOf: (mention: string) => string[],
  lost: string[],
): string[] {
  const facts: [span: string, name: string, value: string][] = [];
  let unspeakable = 0;
  for (const chain of content.chains) {
    for (const span of chain.mentions.flatMap(spanOf)) facts.push([span, CHAIN_ATTRIBUTE, chain.id]);
  }
  for (const { id, attributes } of content.mentions) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (name === 'etype' && NAME.test(value) && value !== DEFAULT_TYPE) continue;
      if (!NAME.test(name) || name === CHAIN_ATTRIBUTE || name === 'etype') unspeakable += 1;
      else facts.push(...spanOf(id).map((span): [string, string, string] => [span, name, value]));
    }
  }
  const changed = facts.filter(([, , value]) => value !== oneSpaced(value));
  lost.push(
    ...counted(
      unspeakable,
      'attribute of a mention is left out, since brat has no such name',
      'attributes of mentions are left out, since brat has no such names',
    ),
    ...counted(
      changed.length,
      'name of a chain or value of an attribute has its white space changed',
      'names of chains or values of attributes have their white space changed',
    ),
  );
  return facts.map(([span, name, value], index) => `A${index + 1}\t${name} ${span} ${oneSpaced(value)}`);
}

function oneSpaced(value: string): string {
  return value.trim().replace(/\s+/gu, ' ');
}

function relationLines(content: DocumentContent, spanOf: (mention: string) => string[]): string[] {
  const relations = (content.links ?? []).flatMap((link) =>
    spanOf(link.from).flatMap((from) =>
      link.to.flatMap(spanOf).map((to) => `${typeOf(link)} Arg1:${from} Arg2:${to}`),
    ),
  );
  return relations.map((relation, index) => `R${index + 1}\t${relation}`);
}

function unholdable({ tokens, mentions, speakers, language, links }: DocumentContent): string[] {
  return [
    'the division into tokens is made anew when the text is read',
    ...counted(
      mentions.filter(({ head }) => head !== undefined).length,
      'head is left out',
      'heads are left out',
    ),
    ...counted(
      (links ?? []).filter(({ kind, to }) => kind !== 'split-antecedent' && to.length > 1).length,
      'link to several mentions is written as several links',
      'links to several mentions are written as several links each',
    ),
    ...counted(
      tokens.filter(({ empty }) => empty === true).length,
      'empty node is left out',
      'empty nodes are left out',
    ),
    ...(tokens.some(
      ({ lemma, partOfSpeech, attributes }) =>
        lemma !== undefined || partOfSpeech !== undefined || attributes !== undefined,
    )
      ? ['what the source says of tokens is left out']
      : []),
    ...(speakers === undefined ? [] : ['speakers are left out']),
    ...(language === undefined ? [] : ['the language is left out']),
  ];
}
