const ESCAPED = /%([0-7][0-9A-Fa-f])/gu;
// eslint-disable-next-line no-control-regex -- a field of `Entity=` can hold no control character
const RESERVED = /[%()|\-,=<>[\]\u0000-\u0020\u007f]/gu;

/** Undoes the percent escapes (of ASCII characters) that `Entity=` values use for its own marks. */
export function unescaped(value: string): string {
  return value.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Escapes what would be taken for a mark of `Entity=`. */
export function escaped(value: string): string {
  return value.replace(RESERVED, percent);
}

/** Escapes the name of an entity or of a relation, which `Bridge=` and `SplitAnte=` put behind a colon. */
export function escapedName(value: string): string {
  return escaped(value).replaceAll(':', percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
