import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namesTag, tagAnswers } from './entity-tags.ts';
import { answerProblems } from './problems.ts';

let app: FastifyInstance;
let words: readonly string[];
beforeEach(() => {
  words = ['fog'];
  app = Fastify();
  answerProblems(app);
  tagAnswers(app);
  app.get('/words', () => ({ words }));
  app.post('/words', () => ({ words }));
});
afterEach(() => app.close());

const ask = (tag?: string) =>
  app.inject({ url: '/words', ...(tag === undefined ? {} : { headers: { 'if-none-match': tag } }) });

describe('an answer to a GET', () => {
  it('has a tag that comes back while it says the same, and another once it does not', async () => {
    const first = await ask();
    expect(first.statusCode).toBe(200);
    expect(first.headers.etag).toMatch(/^W\/"[\w-]{22}"$/u);
    expect((await ask()).headers.etag).toBe(first.headers.etag);
    words = ['fog', 'mist'];
    const second = await ask(String(first.headers.etag));
    expect(second.statusCode).toBe(200);
    expect(second.json()).toEqual({ words });
    expect(second.headers.etag).not.toBe(first.headers.etag);
  });

  it('is 304 with its tag and nothing else for who has it', async () => {
    const { etag } = (await ask()).headers;
    const again = await ask(`"other", ${String(etag)}`);
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
    expect(again.headers.etag).toBe(etag);
    expect(again.headers['content-type']).toBeUndefined();
  });
});

it('tags neither what was written nor what went wrong', async () => {
  const written = await app.inject({ method: 'POST', url: '/words', headers: { 'if-none-match': '*' } });
  expect([written.statusCode, written.headers.etag]).toEqual([200, undefined]);
  const missing = await app.inject({ url: '/nowhere', headers: { 'if-none-match': '*' } });
  expect([missing.statusCode, missing.headers.etag]).toEqual([404, undefined]);
});

it.each([
  ['W/"a"', true],
  ['"a"', true],
  ['"b", W/"a"', true],
  ['"b,\\"a"', false],
  [' * ', true],
  ['a', false],
  ['"A"', false],
  ['', false],
  [undefined, false],
] as const)('If-None-Match: %s names W/"a": %s', (header, named) => {
  expect(namesTag(header, 'W/"a"')).toBe(named);
});
