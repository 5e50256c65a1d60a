/** One bracket of a coreference column, at its offset in the cell. */
type Bracket =
  | { kind: 'open'; chain: string; offset: number }
  | { kind: 'close'; chain: string; offset: number }
  | { kind: 'single'; chain: string; offset: number };

export type Brackets =
  { kind: 'brackets'; brackets: Bracket[] } | { kind: 'fault'; offset: number; reason: string };

/** The written forms of "no mention begins or ends here". */
export function isBlank(cell: string): boolean {
  return cell === '' || cell === '-' || cell === '_' || cell === '*';
}

/**
 * Reads `(1|(2)|3)`, with bars between brackets or none. A chain's name is whatever stands before the next
 * bracket or bar, so `(person-3-Lord_Byron)` names a chain as `(3)` does.
 */
export function parseBrackets(cell: string): Brackets {
  const brackets: Bracket[] = [];
  let at = 0;
  while (at < cell.length) {
    if (cell[at] === '|') {
      at += 1;
      continue;
    }
    const offset = at;
    const opens = cell[at] === '(';
    if (opens) at += 1;
    const nameStart = at;
    while (at < cell.length && cell[at] !== '(' && cell[at] !== ')' && cell[at] !== '|') at += 1;
    const chain = cell.slice(nameStart, at);
    if (chain === '') return { kind: 'fault', offset, reason: 'a bracket names no chain' };
    const closes = cell[at] === ')';
    if (closes) at += 1;
    if (opens) brackets.push({ kind: closes ? 'single' : 'open', chain, offset });
    else if (closes) brackets.push({ kind: 'close', chain, offset });
    else return { kind: 'fault', offset, reason: `"${chain}" stands outside any bracket` };
  }
  return { kind: 'brackets', brackets };
}
