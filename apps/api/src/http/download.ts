import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attachment } from './content-disposition.ts';

/** A file that is made while it is sent, as slowly as it is received. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  /** Further headers, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** As text, or as bytes. */
  readonly text: AsyncIterable<string | Uint8Array>;
}

/** An address that gives a file. */
export interface DownloadRoute<Params extends z.ZodType, Query extends z.ZodType> {
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly params: Params;
  readonly query: Query;
}

/** Characters that are gathered before they are handed on: rows are small, and each hand-over costs. */
const GATHERED = 32_768;

async function* gathered(text: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  let held = '';
  for await (const piece of text) {
    if (typeof piece === 'string') held += piece;
    if (held !== '' && (typeof piece !== 'string' || held.length >= GATHERED)) {
      yield held;
      held = '';
    }
    if (typeof piece !== 'string') yield piece;
  }
  if (held !== '') yield held;
}

/** Binds a download to its handler. Its type is fixed by us, never guessed by a browser, and it is never shown. */
export function registerDownload<Params extends z.ZodType, Query extends z.ZodType>(
  app: FastifyInstance,
  route: DownloadRoute<Params, Query>,
  handler: (incoming: {
    params: z.output<Params>;
    query: z.output<Query>;
    request: FastifyRequest;
    reply: FastifyReply;
  }) => Promise<Download>,
): void {
  app.get(
    route.path,
    {
      schema: {
        summary: route.summary,
        ...(route.description === undefined ? {} : { description: route.description }),
        tags: [route.tag],
        params: route.params,
        querystring: route.query,
      },
    },
    async (request, reply) => {
      const { fileName, mediaType, headers, text } = await handler({
        // The compiled schemas above have parsed these; Fastify's own types can't follow a generic route.
        params: request.params as z.output<Params>,
        query: request.query as z.output<Query>,
        request,
        reply,
      });
      return reply
        .type(mediaType)
        .headers({
          ...headers,
          'content-disposition': attachment(fileName),
          'x-content-type-options': 'nosniff',
        })
        .send(Readable.from(gathered(text), { objectMode: false }));
    },
  );
}

/** For downloads that take no query. */
export const noQuery = z.strictObject({});
