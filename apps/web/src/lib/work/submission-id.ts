import { submissionIdSchema, type SubmissionId } from '@casebook/contracts';

/**
 * Makes UUIDv7 (RFC 9562, section 5.7; counter in `rand_a` as of method 1 of section 6.2), so that the ids of one
 * maker sort in the order in which they were made, even within a millisecond or when the clock is set back.
 */
export function submissionIds(
  now: () => number = Date.now,
  fill: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): () => SubmissionId {
  let millisecond = 0;
  let counter = 0;
  return () => {
    const clock = now();
    if (clock > millisecond) {
      millisecond = clock;
      // Half of the counter's room is left to count up in.
      const [high = 0, low = 0] = fill(new Uint8Array(2));
      counter = ((high & 0x07) << 8) | low;
    } else if (counter === 0xfff) {
      millisecond += 1;
      counter = 0;
    } else counter += 1;
    const tail = fill(new Uint8Array(8));
    const variant = ((tail[0] ?? 0) & 0x3f) | 0x80;
    const hex = [
      millisecond.toString(16).padStart(12, '0'),
      (0x7000 | counter).toString(16),
      ...[variant, ...tail.slice(1)].map((byte) => byte.toString(16).padStart(2, '0')),
    ].join('');
    return submissionIdSchema.parse(
      [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
    );
  };
}
