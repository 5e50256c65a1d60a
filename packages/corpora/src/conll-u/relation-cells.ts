import type { DocumentContent, Link } from '@casebook/contracts';
import { counted } from '../export.ts';
import { escapedName } from './percent.ts';

/** `Bridge=` and `SplitAnte=` for every token, '' where there are none, and sentences about what they can't say. */
export function relationCells(
  content: DocumentContent,
  chains: ReadonlyMap<string, string>,
): { cells: string[]; unheld: string[] } {
  const mentions = new Map(content.mentions.map((mention) => [mention.id, mention]));
  const bridges = new Map<number, string[]>();
  const splits = new Map<number, string[]>();
  let properties = 0;
  for (const link of content.links ?? []) {
    const start = mentions.get(link.from)?.ranges[0]?.[0];
    if (link.kind === 'property') properties += 1;
    if (start === undefined || link.kind === 'property') continue;
    const target = link.kind === 'bridging' ? bridges : splits;
    target.set(start, [...(target.get(start) ?? []), ...relationsOf(link, chains)]);
  }
  const value = (name: string, relations: string[] | undefined): string[] =>
    relations === undefined ? [] : [`${name}=${[...new Set(relations)].join(',')}`];
  return {
    cells: content.tokens.map((_, index) =>
      [...value('Bridge', bridges.get(index)), ...value('SplitAnte', splits.get(index))].join('|'),
    ),
    unheld: counted(properties, 'property is left out', 'properties are left out'),
  };
}

function relationsOf(link: Link, chains: ReadonlyMap<string, string>): string[] {
  const anaphor = escapedName(chains.get(link.from) ?? '');
  const suffix = link.relation === undefined ? '' : `:${escapedName(link.relation)}`;
  return link.to.map((mention) => `${escapedName(chains.get(mention) ?? '')}<${anaphor}${suffix}`);
}
