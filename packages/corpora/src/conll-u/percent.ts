const ESCAPED = /%([0-7][0-9A-Fa-f])/gu;
const RESERVED = /[%()|\-,=<>[\]\s\p{Cc}]/gu;

/** Undoes the percent escapes (of ASCII characters) that `Entity=` values use for its own marks. */
export function unescaped(value: string): string {
  return value.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Escapes what would be taken for a mark of `Entity=`; what is not ASCII stays, but for separators, which become `_`. */
export function escaped(value: string): string {
  return value.replace(RESERVED, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x80 ? `%${code.toString(16).toUpperCase().padStart(2, '0')}` : '_';
  });
}
