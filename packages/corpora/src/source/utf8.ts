/** Where a line stops being UTF-8. */
export interface EncodingFault {
  /** 1-based, in code points. */
  column: number;
  byte: number;
}

/** How many bytes a sequence has that starts with this one, and the range its second byte must keep; null for no lead byte. */
function sequence(lead: number): { length: number; low: number; high: number } | null {
  if (lead < 0x80) return { length: 1, low: 0x80, high: 0xbf };
  if (lead >= 0xc2 && lead <= 0xdf) return { length: 2, low: 0x80, high: 0xbf };
  if (lead === 0xe0) return { length: 3, low: 0xa0, high: 0xbf };
  if (lead === 0xed) return { length: 3, low: 0x80, high: 0x9f };
  if (lead >= 0xe1 && lead <= 0xef) return { length: 3, low: 0x80, high: 0xbf };
  if (lead === 0xf0) return { length: 4, low: 0x90, high: 0xbf };
  if (lead >= 0xf1 && lead <= 0xf3) return { length: 4, low: 0x80, high: 0xbf };
  if (lead === 0xf4) return { length: 4, low: 0x80, high: 0x8f };
  return null;
}

/**
 * The first character of a line that is no well-formed UTF-8 (Unicode 17, table 3-7: no overlong forms, no
 * encoded surrogates, nothing beyond U+10FFFF); null where all is well.
 */
export function encodingFault(bytes: Uint8Array): EncodingFault | null {
  let column = 1;
  for (let index = 0; index < bytes.length; column += 1) {
    const lead = bytes[index] ?? 0;
    const wanted = sequence(lead);
    if (wanted === null) return { column, byte: lead };
    for (let step = 1; step < wanted.length; step += 1) {
      const byte = bytes[index + step];
      const [low, high] = step === 1 ? [wanted.low, wanted.high] : [0x80, 0xbf];
      if (byte === undefined || byte < low || byte > high) return { column, byte: lead };
    }
    index += wanted.length;
  }
  return null;
}
