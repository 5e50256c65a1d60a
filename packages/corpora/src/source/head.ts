/** The first bytes of a stream, and the whole stream again, from its beginning. */
export interface Headed {
  head: Uint8Array;
  whole: AsyncGenerator<Uint8Array>;
}

/** Looks at the first `size` bytes of a stream (or all, if it is shorter) without losing them. */
export async function peek(source: AsyncIterable<Uint8Array>, size: number): Promise<Headed> {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  let done = false;
  while (length < size) {
    const next = await iterator.next();
    if (next.done === true) {
      done = true;
      break;
    }
    seen.push(next.value);
    length += next.value.length;
  }
  const head = new Uint8Array(Math.min(length, size));
  let at = 0;
  for (const chunk of seen) {
    if (at >= head.length) break;
    head.set(chunk.subarray(0, head.length - at), at);
    at += chunk.length;
  }
  return { head, whole: again(seen, iterator, done) };
}

async function* again(
  seen: Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
  done: boolean,
): AsyncGenerator<Uint8Array> {
  try {
    while (seen.length > 0) {
      const chunk = seen.shift();
      if (chunk !== undefined) yield chunk;
    }
    while (!done) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
