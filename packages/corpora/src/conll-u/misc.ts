import { unescaped } from './percent.ts';

/** One `name=value` of the MISC column, at its offset in the cell. */
export interface MiscItem {
  name: string;
  value: string;
  offset: number;
}

/** The items of a MISC cell; an item without `=` has an empty value. */
export function miscItems(cell: string): MiscItem[] {
  if (cell === '_' || cell === '') return [];
  const items: MiscItem[] = [];
  let offset = 0;
  for (const item of cell.split('|')) {
    const equals = item.indexOf('=');
    if (item !== '') {
      items.push({
        name: equals === -1 ? item : item.slice(0, equals),
        value: equals === -1 ? '' : item.slice(equals + 1),
        offset,
      });
    }
    offset += item.length + 1;
  }
  return items;
}

/** One `e1<e2:relation` of `Bridge=` or `SplitAnte=`: e2 is the anaphor, e1 its antecedent. */
export interface Relation {
  antecedent: string;
  anaphor: string;
  relation: string | null;
}

/** The relations of a `Bridge=` or `SplitAnte=` value; null where one is malformed. */
export function relationsOf(value: string): Relation[] | null {
  const relations: Relation[] = [];
  for (const item of value.split(',')) {
    const match = /^([^<:]+)<([^<:]+)(?::(.+))?$/u.exec(item);
    if (match?.[1] === undefined || match[2] === undefined) return null;
    relations.push({
      antecedent: unescaped(match[1]),
      anaphor: unescaped(match[2]),
      relation: match[3] === undefined ? null : unescaped(match[3]),
    });
  }
  return relations;
}

/** Whether a space follows, as it does unless `SpaceAfter=No` says not. */
export function spaceAfterOf(misc: readonly MiscItem[]): boolean {
  return !misc.some((item) => item.name === 'SpaceAfter' && item.value === 'No');
}

const READ_MISC = new Set(['Entity', 'Bridge', 'SplitAnte', 'SpaceAfter']);

/** The items that are kept as they are, because nothing else is made of them. */
export function keptMisc(misc: readonly MiscItem[]): string {
  return misc
    .filter((item) => !READ_MISC.has(item.name))
    .map((item) => (item.value === '' ? item.name : `${item.name}=${item.value}`))
    .join('|');
}
