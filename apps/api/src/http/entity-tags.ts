import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * Weak: two answers of one tag say the same, however they were packed on the way. 128 of SHA-256's bits; only what
 * was answered goes in, so it gives nothing away that the body does not.
 */
function entityTag(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Whether `If-None-Match` names a tag, compared weakly as RFC 9110, 13.1.2 wants it. */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const opaque = tag.replace(/^W\//u, '');
  return [...header.matchAll(/(?:W\/)?("[!#-~\u0080-\u00ff]*")/gu)].some(([, named]) => named === opaque);
}

/**
 * Gives every JSON answer to a GET an entity tag, and answers 304 without a body to who has it already. The question
 * is worked out and access is checked as ever: what is saved is the way, and for the caller the reading.
 */
export function tagAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    await Promise.resolve();
    if (request.method !== 'GET' || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    const tag = entityTag(payload);
    void reply.header('etag', tag);
    if (!namesTag(request.headers['if-none-match'], tag)) return payload;
    void reply.status(304).removeHeader('content-type').removeHeader('content-length');
    return null;
  });
}
