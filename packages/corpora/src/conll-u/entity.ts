import { unescaped } from './percent.ts';

/** The place of one part of a discontinuous mention, `[2/3]`. */
export interface Part {
  index: number;
  of: number;
}

/** One bracket of an `Entity=` value, at its offset in the value. */
export type EntityBracket =
  | {
      kind: 'open' | 'single';
      chain: string;
      part: Part | null;
      fields: Record<string, string>;
      offset: number;
    }
  | { kind: 'close'; chain: string; part: Part | null; offset: number };

export type EntityBrackets =
  { kind: 'brackets'; brackets: EntityBracket[] } | { kind: 'fault'; offset: number; reason: string };

/** The names of the fields between the hyphens of a bracket, as `# global.Entity` declares them. */
export type EntityFields = readonly string[];

export const DEFAULT_FIELDS: EntityFields = ['eid', 'etype', 'head', 'other'];
const CHAIN_FIELDS = new Set(['eid', 'grp']);

/**
 * Reads the value of `Entity=` (CorefUD 1.0, section "Coreference annotation"; GUM's declaration differs only in
 * its fields): `(e1-person-1-`, `e1)`, `(e1[1/2]-person-1-`. The last declared field takes what is left, hyphens
 * and all.
 */
export function parseEntity(value: string, declared: EntityFields): EntityBrackets {
  const chainField = Math.max(
    0,
    declared.findIndex((name) => CHAIN_FIELDS.has(name.toLowerCase())),
  );
  const brackets: EntityBracket[] = [];
  let at = 0;
  while (at < value.length) {
    const offset = at;
    const opens = value[at] === '(';
    if (opens) at += 1;
    const start = at;
    while (at < value.length && value[at] !== '(' && value[at] !== ')') at += 1;
    const inside = value.slice(start, at);
    const closes = value[at] === ')';
    if (closes) at += 1;
    if (!opens && !closes) return { kind: 'fault', offset, reason: `"${inside}" stands outside any bracket` };
    const fields = inside.split('-');
    const named = nameOf(opens || fields.length > chainField ? fields[chainField] : fields[0]);
    if (named === null)
      return { kind: 'fault', offset, reason: 'a bracket names no entity, or its part is not written [i/n]' };
    if (opens)
      brackets.push({
        kind: closes ? 'single' : 'open',
        ...named,
        fields: fieldsOf(fields, declared, chainField),
        offset,
      });
    else brackets.push({ kind: 'close', ...named, offset });
  }
  return { kind: 'brackets', brackets };
}

function nameOf(text: string | undefined): { chain: string; part: Part | null } | null {
  const match = /^([^[\]]+)(?:\[(\d+)\/(\d+)\])?$/u.exec(text ?? '');
  if (match?.[1] === undefined) return null;
  const chain = unescaped(match[1]);
  if (match[2] === undefined) return { chain, part: null };
  const part = { index: Number(match[2]), of: Number(match[3]) };
  return part.index >= 1 && part.index <= part.of ? { chain, part } : null;
}

function fieldsOf(
  values: readonly string[],
  declared: EntityFields,
  chainField: number,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [index, name] of declared.entries()) {
    if (index === chainField) continue;
    const value = index === declared.length - 1 ? values.slice(index).join('-') : (values[index] ?? '');
    if (value !== '') fields[name] = unescaped(value);
  }
  return fields;
}
