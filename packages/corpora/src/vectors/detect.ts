import type { VectorFormat } from './read.ts';

const HEADER = /^\s*\d+[ \t]+\d+[ \t]*\r?\n/u;

/** Which format a file of vectors has, by its first bytes; null where they are none of them. */
export function detectVectorFormat(head: Uint8Array): VectorFormat | null {
  const start = new TextDecoder('latin1').decode(head.subarray(0, 512));
  if (/^(?:\u00ef\u00bb\u00bf)?\s*\{\s*(?:"|\}|$)/u.test(start)) return 'json';
  const header = HEADER.exec(start);
  const body = head.subarray(header?.[0].length ?? 0);
  const binary = body.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  if (header !== null) return binary ? 'word2vec-binary' : 'word2vec-text';
  if (binary) return null;
  // A word and at least one number.
  return /^\s*\S+(?:[ \t]+\S+)*[ \t]+[-+]?[\d.][\d.eE+-]*[ \t]*(?:\r?\n|$)/u.test(firstLine(head))
    ? 'glove-text'
    : null;
}

function firstLine(head: Uint8Array): string {
  const newline = head.indexOf(0x0a);
  return new TextDecoder('latin1').decode(newline === -1 ? head : head.subarray(0, newline + 1));
}
