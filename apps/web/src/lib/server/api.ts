import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { CASEBOOK_API, CASEBOOK_SECRET, PORT } from '$app/env/private';
import type { Problem, Route } from '@casebook/contracts';
import { addressOf, type Input, type Output } from '../address.ts';
import { problemOf, ProblemError } from '../problem.ts';
import { sealedDevice } from './seal.ts';

interface Parts {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}
/** What the client needs of a request. */
export type Caller = Pick<RequestEvent, 'cookies' | 'request' | 'url' | 'getClientAddress'>;

/** Either `__Host-casebook` or `casebook`: whichever the API set. */
const SESSION_COOKIES = ['__Host-casebook', 'casebook'];

/**
 * Calls the API for the person behind a request. Cookies that the API sets reach the browser.
 *
 * @throws ProblemError where the API refuses or can't be reached.
 */
export async function ask<R extends Route>(
  event: Caller,
  route: R,
  input: Input<R> & Parts,
): Promise<Output<R>> {
  const { params, query, body } = input;
  const cookie = SESSION_COOKIES.flatMap((name) => {
    const value = event.cookies.get(name);
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
  }).join('; ');
  const response = await fetch(
    `${CASEBOOK_API ?? `http://127.0.0.1:${PORT}`}${addressOf(route.path, params, query)}`,
    {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(CASEBOOK_SECRET === undefined
          ? {}
          : { 'x-casebook-client': sealedDevice(event.getClientAddress(), Date.now(), CASEBOOK_SECRET) }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  ).catch((): Response => new Response(null, { status: 503 }));
  passCookiesOn(event, response);
  if (!response.ok) throw new ProblemError(await problemOf(response));
  const text = await response.text();
  return route.response.parse(text === '' ? undefined : JSON.parse(text)) as Output<R>;
}

/**
 * Calls the API where there is nothing to show without the answer: asks visitors to log in, and becomes the error
 * page otherwise.
 */
export async function call<R extends Route>(
  event: Caller,
  route: R,
  input: Input<R> & Parts,
): Promise<Output<R>> {
  try {
    return await ask(event, route, input);
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    toLogInIfNeeded(event, thrown.problem);
    // An address that is no id is an address of nothing.
    const status = thrown.problem.status === 400 && route.method === 'GET' ? 404 : thrown.problem.status;
    error(status, thrown.problem.detail, { requestId: thrown.problem.requestId });
  }
}

/** Calls the API for a form: what it refuses is a value, to be shown where it was typed. */
export async function attempt<R extends Route>(
  event: Caller,
  route: R,
  input: Input<R> & Parts,
): Promise<
  { readonly ok: true; readonly value: Output<R> } | { readonly ok: false; readonly problem: Problem }
> {
  try {
    return { ok: true, value: await ask(event, route, input) };
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    toLogInIfNeeded(event, thrown.problem);
    return { ok: false, problem: thrown.problem };
  }
}

function toLogInIfNeeded(event: Caller, problem: Problem): void {
  if (problem.type !== 'urn:casebook:unauthenticated') return;
  const here =
    event.request.method === 'GET' ? `${event.url.pathname}${event.url.search}` : event.url.pathname;
  redirect(303, here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`);
}

function passCookiesOn(event: Caller, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const { name, value, ...options } = event.cookies.parse(line);
    event.cookies.set(name, value ?? '', {
      ...options,
      path: options.path ?? '/',
      secure: options.secure === true,
    });
  }
}
