import type { Route } from '@casebook/contracts';
import type { z } from 'zod';

/** The body, query and parameters that a route takes, as a caller writes them. */
export type Input<R extends Route> = Field<'params', R['params']> &
  Field<'query', R['query']> &
  Field<'body', R['body']>;
type Field<Name extends string, Schema> = Schema extends z.ZodType
  ? unknown extends z.input<Schema>
    ? unknown
    : Partial<z.input<Schema>> extends z.input<Schema>
      ? { readonly [name in Name]?: z.input<Schema> }
      : { readonly [name in Name]: z.input<Schema> }
  : unknown;

export type Output<R extends Route> = z.output<R['response']>;

/** Fills `:name` in a path of the API and adds the query. */
export function addressOf(
  path: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (typeof value !== 'string') throw new Error(`The address ${path} needs ${name}.`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      search.set(name, String(value));
    }
  }
  const tail = search.toString();
  return `/api/v1${filled}${tail === '' ? '' : `?${tail}`}`;
}
