import { z } from 'zod';
import { openSealed, seal } from '../../access/sealing.ts';

const PURPOSE = 'sign-in with a provider';
export const JOURNEY_SECONDS = 600;

const journeySchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where on this site it goes on. */
  next: z.string(),
  /** The secret of the invitation that is to be accepted. */
  invitation: z.string().nullable(),
  /** Milliseconds since 1970. */
  began: z.number(),
});

/**
 * A way to the provider and back. It travels with the browser, sealed, so that whichever replica it comes back to
 * knows it, and no other browser can come back with it.
 */
export type Journey = z.infer<typeof journeySchema>;

export function sealJourney(journey: Journey, secret: string): string {
  return seal(JSON.stringify(journey), secret, PURPOSE);
}

/** The journey that a browser brought; undefined where it is none of ours, or took too long. */
export function openJourney(sealed: string | undefined, secret: string): Journey | undefined {
  if (sealed === undefined) return undefined;
  let text: string;
  try {
    text = openSealed(sealed, secret, PURPOSE);
  } catch {
    return undefined;
  }
  const journey = journeySchema.parse(JSON.parse(text));
  return Date.now() - journey.began < JOURNEY_SECONDS * 1000 ? journey : undefined;
}
