import type { DocumentContent, Mention, TokenRange } from '@casebook/contracts';
import { holdableSpans } from '../conll-2012/spans.ts';
import { counted } from '../export.ts';
import { escaped, escapedName } from './percent.ts';

const RESERVED_FIELDS = new Set(['eid', 'grp', 'head']);
const ALWAYS = ['etype', 'head'] as const;

/** The fields behind the entity's name, for all that the mentions' attributes hold; `other` is last. */
export function fieldsOf(mentions: readonly Mention[], lost: string[]): string[] {
  const names = new Set<string>();
  let unspeakable = 0;
  for (const { attributes } of mentions) {
    for (const name of Object.keys(attributes ?? {})) {
      if (RESERVED_FIELDS.has(name.toLowerCase()) || !/^[\p{L}\p{N}_.]+$/u.test(name)) unspeakable += 1;
      else names.add(name);
    }
  }
  lost.push(
    ...counted(
      unspeakable,
      'attribute of a mention is left out, since its name can be no field',
      'attributes of mentions are left out, since their names can be no fields',
    ),
  );
  const further = [...names].filter((name) => name !== 'etype' && name !== 'other').sort();
  return [...ALWAYS, ...further, 'other'];
}

interface Piece {
  mention: Mention;
  range: TokenRange;
  /** The entity with its part, `e1[1/2]`: brackets of the same name close innermost first. */
  name: string;
}

/** The value of `Entity=` for every token, `Entity=` included; '' where no mention begins or ends. */
export function entityCells(
  content: DocumentContent,
  chains: ReadonlyMap<string, string>,
  fields: readonly string[],
): { cells: string[]; crossing: number } {
  const pieces = content.mentions.flatMap((mention) =>
    piecesOf(mention, escapedName(chains.get(mention.id) ?? '')),
  );
  const left = crossingMentions(pieces);
  const cells = content.tokens.map((): { closes: string[]; opens: string[] } => ({ closes: [], opens: [] }));
  const ordered = pieces
    .filter(({ mention }) => !left.has(mention))
    .sort((one, other) => one.range[0] - other.range[0] || lastToken(other) - lastToken(one));
  for (const piece of ordered) {
    const [start, end] = piece.range;
    const opening = `(${[piece.name, ...valuesOf(piece.mention, fields)].join('-')}`;
    if (end === start + 1) cells[start]?.opens.push(`${opening})`);
    else {
      cells[start]?.opens.push(opening);
      cells[end - 1]?.closes.unshift(`${piece.name})`);
    }
  }
  return {
    cells: cells.map(({ closes, opens }) =>
      closes.length + opens.length === 0 ? '' : `Entity=${[...closes, ...opens].join('')}`,
    ),
    crossing: left.size,
  };
}

function lastToken({ mention }: Piece): number {
  return mention.ranges.at(-1)?.[1] ?? 0;
}

function piecesOf(mention: Mention, chain: string): Piece[] {
  const { ranges } = mention;
  if (ranges.length === 1) return ranges.map((range) => ({ mention, range, name: chain }));
  return ranges.map((range, index) => ({ mention, range, name: `${chain}[${index + 1}/${ranges.length}]` }));
}

/**
 * The mentions that the brackets would not give back: a piece of them crosses another of the same name, or they
 * are discontinuous and run into an earlier one of the same chain and number of parts, whose parts look the same.
 */
function crossingMentions(pieces: readonly Piece[]): Set<Mention> {
  const crossing = new Set<Mention>();
  const ends = new Map<string, number>();
  for (const { mention, range, name } of [...pieces].sort((one, other) => one.range[0] - other.range[0])) {
    if (mention.ranges.length === 1 || mention.ranges[0] !== range) continue;
    if ((ends.get(name) ?? 0) > range[0]) crossing.add(mention);
    else ends.set(name, mention.ranges.at(-1)?.[1] ?? 0);
  }
  const spans = pieces
    .filter(({ mention }) => !crossing.has(mention))
    .map((piece) => ({ start: piece.range[0], end: piece.range[1], chain: piece.name, piece }));
  const held = new Set<unknown>(holdableSpans(spans).held);
  for (const span of spans) if (!held.has(span)) crossing.add(span.piece.mention);
  return crossing;
}

function valuesOf(mention: Mention, fields: readonly string[]): string[] {
  return fields.map((field) =>
    field === 'head' ? headValue(mention) : escaped(mention.attributes?.[field] ?? ''),
  );
}

function headValue({ ranges, head }: Mention): string {
  if (head === undefined) return '';
  let before = 0;
  for (const [start, end] of ranges) {
    if (head >= start && head < end) return String(before + head - start + 1);
    before += end - start;
  }
  return '';
}
