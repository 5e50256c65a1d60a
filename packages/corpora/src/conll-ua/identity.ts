/** One bracket of an IDENTITY cell. Closings name nothing: they end the mention that opened last. */
type IdentityBracket =
  | { kind: 'open'; chain: string; fields: Record<string, string>; offset: number }
  | { kind: 'close'; offset: number };

export type IdentityBrackets =
  { kind: 'brackets'; brackets: IdentityBracket[] } | { kind: 'fault'; offset: number; reason: string };

/** Reads `(EntityID=1|MarkableID=m1|SemType=dn(EntityID=2|…)`: openings with their fields, closings alone. */
export function parseIdentity(cell: string): IdentityBrackets {
  const brackets: IdentityBracket[] = [];
  let at = 0;
  while (at < cell.length) {
    const offset = at;
    if (cell[at] === ')') {
      brackets.push({ kind: 'close', offset });
      at += 1;
      continue;
    }
    if (cell[at] !== '(') return { kind: 'fault', offset, reason: 'something stands outside any bracket' };
    const end = /[()]/u.exec(cell.slice(at + 1));
    const inside = cell.slice(at + 1, end === null ? cell.length : at + 1 + end.index);
    const fields = fieldsOf(inside);
    const { EntityID: chain, ...rest } = fields;
    if (chain === undefined) return { kind: 'fault', offset, reason: 'a bracket has no EntityID' };
    brackets.push({ kind: 'open', chain, fields: rest, offset });
    at += 1 + inside.length;
  }
  return { kind: 'brackets', brackets };
}

function fieldsOf(inside: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const item of inside.split('|')) {
    const equals = item.indexOf('=');
    if (equals > 0) fields[item.slice(0, equals)] = item.slice(equals + 1);
  }
  return fields;
}
