import type { Problem } from '@casebook/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import {
  DomainError,
  Malformed,
  NotFound,
  SupersededAlready,
  Unavailable,
  WrongFields,
  WrongMediaType,
} from '../errors.ts';
import { isDatabaseBusy } from '../database/busy.ts';

const TOO_LARGE = { status: 413, code: 'too-large', title: 'Too large' };

/** Turns whatever was thrown into a situation that has a name; undefined for a fault of ours. */
function situationOf(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (isDatabaseBusy(error)) return new Unavailable();
  if (error instanceof Error && 'code' in error) {
    switch (error.code) {
      case 'FST_ERR_CTP_BODY_TOO_LARGE':
        // No JSON that we ask for comes near the limit: it is not a large answer but a malformed one.
        return new Malformed('The body is larger than anything this address takes.');
      case 'FST_REQ_FILE_TOO_LARGE':
        return new DomainError(TOO_LARGE, 'The body is larger than this address takes.');
      case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
        return new WrongMediaType('This address does not take content of that type.');
      case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
        return new Malformed('The body is empty or cut off.');
    }
    if (
      'statusCode' in error &&
      typeof error.statusCode === 'number' &&
      error.statusCode >= 400 &&
      error.statusCode < 500
    ) {
      return new DomainError(
        { status: error.statusCode, code: 'refused', title: 'Refused' },
        'The request was refused.',
      );
    }
  }
  return undefined;
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(problem);
}

/** The one place where errors become answers: RFC 9457, without SQL, stack, path or version. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const fields = error.validation.map((issue) => ({
        path: issue.instancePath.replace(/^\//u, '').replaceAll('/', '.'),
        message: issue.message ?? 'not acceptable',
      }));
      return send(reply, {
        type: 'urn:casebook:malformed',
        title: 'Not understood',
        status: 400,
        detail:
          fields[0] === undefined
            ? 'The request does not fit.'
            : `${fields[0].path || 'The request'}: ${fields[0].message}`,
        requestId: request.id,
        fields,
      });
    }
    const situation = situationOf(error);
    if (situation === undefined) {
      request.log.error({ err: error }, 'a request failed');
      return send(reply, {
        type: 'urn:casebook:fault',
        title: 'Something went wrong here',
        status: 500,
        detail: 'The fault is ours and was logged under the request’s id.',
        requestId: request.id,
      });
    }
    if (situation.retryAfterSeconds !== undefined) {
      void reply.header('retry-after', String(Math.ceil(situation.retryAfterSeconds)));
    }
    return send(reply, {
      type: `urn:casebook:${situation.code}`,
      title: situation.title,
      status: situation.status,
      detail: situation.message,
      requestId: request.id,
      ...(situation instanceof WrongFields ? { fields: [...situation.fields] } : {}),
      ...(situation instanceof SupersededAlready && situation.latest !== undefined
        ? { latest: situation.latest }
        : {}),
    });
  });

  app.setNotFoundHandler(() => {
    throw new NotFound();
  });
}
