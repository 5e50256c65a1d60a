import type { Problem, Route } from '@casebook/contracts';
import { routes } from '@casebook/contracts';
import type { z } from 'zod';
import type { TestInstance } from './instance.ts';
import { setupSecret } from './instance.ts';

type Given<Schema> = NonNullable<Schema> extends z.ZodType ? z.input<NonNullable<Schema>> : undefined;

export interface Call<R extends Route> {
  readonly params?: Given<R['params']>;
  readonly query?: Record<string, string | number>;
  readonly body?: Given<R['body']>;
  readonly headers?: Record<string, string>;
}

/** What came back, told apart by its status. */
export type Answer<Body> =
  | { readonly ok: true; readonly status: number; readonly body: Body; readonly headers: Headers }
  | { readonly ok: false; readonly status: number; readonly problem: Problem; readonly headers: Headers };

/** Somebody who talks to the API over HTTP and keeps cookies, as a browser does. */
export class TestClient {
  readonly address: string;
  cookie: string | undefined;
  token: string | undefined;

  constructor(address: string) {
    this.address = address;
  }

  /** A request below `/api/v1`, as it is. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== undefined && !headers.has('cookie')) headers.set('cookie', this.cookie);
    if (this.token !== undefined) headers.set('authorization', `Bearer ${this.token}`);
    const response = await fetch(`${this.address}/api/v1${path}`, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const pair = line.split(';')[0];
      if (pair !== undefined) this.cookie = pair.endsWith('=') ? undefined : pair;
    }
    return response;
  }

  async call<R extends Route>(route: R, call: Call<R> = {}): Promise<Answer<z.output<R['response']>>> {
    let path = route.path;
    for (const [name, value] of Object.entries(call.params ?? {}))
      path = path.replace(`:${name}`, encodeURIComponent(String(value)));
    if (call.query !== undefined) {
      path += `?${new URLSearchParams(Object.entries(call.query).map(([name, value]) => [name, String(value)])).toString()}`;
    }
    const response = await this.fetch(path, {
      method: route.method,
      headers: {
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await response.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) {
      return { ok: false, status: response.status, problem: json as Problem, headers: response.headers };
    }
    return {
      ok: true,
      status: response.status,
      body: json as z.output<R['response']>,
      headers: response.headers,
    };
  }

  /** The body of a call that must succeed. */
  async must<R extends Route>(route: R, call: Call<R> = {}): Promise<z.output<R['response']>> {
    const answer = await this.call(route, call);
    if (!answer.ok)
      throw new Error(
        `${route.method} ${route.path}: ${String(answer.status)} ${JSON.stringify(answer.problem)}`,
      );
    return answer.body;
  }
}

/** The first admin of a fresh instance, logged in. */
export async function firstAdmin(test: TestInstance, email = 'ada@example.org'): Promise<TestClient> {
  const client = new TestClient(test.address);
  await client.must(routes.setUp, {
    body: { secret: await setupSecret(test), email, name: 'Ada Admin', password: 'a long enough phrase' },
  });
  return client;
}
