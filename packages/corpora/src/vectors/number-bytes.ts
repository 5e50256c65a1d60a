const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * The number written in `bytes` from `from` up to `to`; NaN where none is. Short decimals, which a quotient of two exact
 * doubles gives correctly rounded, are read without a string; others go through `Number`.
 */
export function numberInBytes(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let sign = 1;
  const first = bytes[at];
  if (first === MINUS || first === PLUS) {
    if (first === MINUS) sign = -1;
    at += 1;
  }
  let digits = 0;
  let mantissa = 0;
  let decimals = -1;
  for (; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === POINT && decimals < 0) {
      decimals = 0;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9) return written(bytes, from, to);
    mantissa = mantissa * 10 + digit;
    digits += 1;
    if (decimals >= 0) decimals += 1;
  }
  if (digits === 0) return NaN;
  if (digits > 15 || decimals > 22) return written(bytes, from, to);
  return (sign * mantissa) / (POWERS[Math.max(0, decimals)] ?? 1);
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;

function written(bytes: Uint8Array, from: number, to: number): number {
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return NUMBER.test(text) ? Number(text) : NaN;
}
