import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountWeb } from './mount-web.ts';
import { answerProblems } from './problems.ts';

let app: FastifyInstance;
beforeEach(async () => {
  app = Fastify();
  answerProblems(app);
  app.get('/api/v1/known', () => 'known');
  await mountWeb(app, (request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`page of ${request.url ?? ''}`);
  });
});
afterEach(() => app.close());

describe('beside the API, the web app', () => {
  it('answers whatever is not the API’s', async () => {
    for (const url of ['/', '/work/1/2', '/apiary']) {
      expect((await app.inject(url)).body).toBe(`page of ${url}`);
    }
    expect((await app.inject('/api/v1/known')).body).toBe('known');
  });

  it.each([
    ['GET', '/api'],
    ['GET', '/api/v1/unknown'],
    ['GET', '/api/v2/known?x=1'],
    ['POST', '/api/v1/known'],
    ['DELETE', '/api/'],
  ] as const)('leaves %s %s to it: a problem, 404', async (method, url) => {
    const payload = method === 'POST' ? { payload: { some: 'thing' } } : {};
    const response = await app.inject({ method, url, ...payload });
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.json()).toMatchObject({ type: 'urn:casebook:not-found', status: 404 });
  });
});
