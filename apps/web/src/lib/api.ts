import type { Route } from '@casebook/contracts';
import { addressOf, type Input, type Output } from './address.ts';
import { problemOf, ProblemError } from './problem.ts';

interface Parts {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}

/**
 * Calls the API from the browser, with the session's cookie.
 *
 * @throws ProblemError where the API refuses; TypeError where it can't be reached.
 */
export async function ask<R extends Route>(
  route: R,
  input: Input<R> & Parts,
  signal?: AbortSignal,
): Promise<Output<R>> {
  const { params, query, body } = input;
  const response = await fetch(addressOf(route.path, params, query), {
    method: route.method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  const answer: unknown =
    response.status === 204 || response.status === 202 ? await emptyOrJson(response) : await response.json();
  return route.response.parse(answer) as Output<R>;
}

async function emptyOrJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
