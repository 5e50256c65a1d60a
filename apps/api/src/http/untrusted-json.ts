import { Malformed } from '../errors.ts';

const MAXIMUM_DEPTH = 32;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const LONE_SURROGATE = /\p{Surrogate}/u;

function refuseText(text: string): void {
  if (text.includes('\u0000')) throw new Malformed('Text may not hold a NUL character.');
  if (LONE_SURROGATE.test(text))
    throw new Malformed('Text holds half of a surrogate pair, which is no character.');
}

/**
 * Refuses what JSON allows and a database or an object does not bear: NUL characters, lone surrogates, keys that
 * reach an object's prototype (however they were escaped), and nesting that would exhaust a stack.
 *
 * @throws Malformed
 */
export function refuseUnsafe(value: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: current, depth } = next;
    if (typeof current === 'string') refuseText(current);
    if (typeof current !== 'object' || current === null) continue;
    if (depth >= MAXIMUM_DEPTH) throw new Malformed(`Nested more than ${String(MAXIMUM_DEPTH)} levels deep.`);
    for (const [key, child] of Object.entries(current)) {
      if (!Array.isArray(current)) {
        if (FORBIDDEN_KEYS.has(key)) throw new Malformed('A key of the body is not allowed.');
        refuseText(key);
      }
      open.push({ value: child, depth: depth + 1 });
    }
  }
}

/** Parses a JSON body that anybody may have written. */
export function parseUntrustedJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Malformed('The body is not JSON.');
  }
  refuseUnsafe(value);
  return value;
}
