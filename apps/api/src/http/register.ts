import type { Route } from '@casebook/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

type Parsed<Schema> = NonNullable<Schema> extends z.ZodType ? z.output<NonNullable<Schema>> : undefined;

export interface Incoming<R extends Route> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface RouteOptions {
  /** The largest body in bytes; 1 MiB where absent. */
  readonly bodyLimit?: number;
}

const noParameters = z.strictObject({});

/**
 * Binds a route of the contract to its handler: parses what comes in, serialises what goes out by the contract's
 * schema, so that nothing undeclared leaks.
 */
export function register<R extends Route>(
  app: FastifyInstance,
  definition: R,
  handler: (incoming: Incoming<R>) => Promise<z.output<R['response']>>,
  options: RouteOptions = {},
): void {
  const status = definition.status ?? 200;
  app.route({
    method: definition.method,
    url: definition.path,
    ...(options.bodyLimit === undefined ? {} : { bodyLimit: options.bodyLimit }),
    schema: {
      summary: definition.summary,
      tags: [definition.tag],
      ...(definition.params === undefined ? {} : { params: definition.params }),
      querystring: definition.query ?? noParameters,
      ...(definition.body === undefined ? {} : { body: definition.body }),
      response: { [status]: status === 204 ? z.undefined() : definition.response },
    },
    handler: async (request, reply) => {
      const result = await handler({
        // The compiled schemas above have parsed these; Fastify's own types can't follow a generic route.
        params: request.params as Parsed<R['params']>,
        query: request.query as Parsed<R['query']>,
        body: request.body as Parsed<R['body']>,
        request,
        reply,
      });
      void reply.status(status);
      if (status === 204 || definition.response instanceof z.ZodUndefined) return reply.send();
      return reply.send(result);
    },
  });
}
