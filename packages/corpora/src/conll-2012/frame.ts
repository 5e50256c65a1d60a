/** A line that begins or ends a document. */
export type Frame = { kind: 'begin'; name: string; part: number | null } | { kind: 'end' };

const BEGIN = /^#\s?begin document\s+(.*?)\s*$/u;
const PARENTHESISED = /^\((.*)\)\s*;?\s*(?:part\s+(\d+))?\s*;?$/u;
const END = /^#\s?end document\b/u;

/** Reads `#begin document (name); part 000`, `# begin document name` and `#end document`; null for any other line. */
export function frameOf(line: string): Frame | null {
  if (!line.startsWith('#')) return null;
  if (END.test(line)) return { kind: 'end' };
  const begin = BEGIN.exec(line)?.[1];
  if (begin === undefined) return null;
  const inside = PARENTHESISED.exec(begin);
  if (inside === null) return { kind: 'begin', name: begin, part: null };
  const part = inside[2] === undefined ? null : Number(inside[2]);
  return { kind: 'begin', name: inside[1] ?? begin, part };
}

/** A document's key: its name, and `/part-N` behind it for every part but the first. */
export function keyOf(name: string, part: number | null): string {
  return part === null || part === 0 ? name : `${name}/part-${part}`;
}

/** The name and part that a key was made of. */
export function nameAndPart(key: string): { name: string; part: number } {
  const match = /^(.*)\/part-(\d+)$/su.exec(key);
  if (match?.[1] === undefined) return { name: key, part: 0 };
  return { name: match[1], part: Number(match[2]) };
}
