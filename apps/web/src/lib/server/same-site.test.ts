import { describe, expect, it } from 'vitest';
import { isFromOurPages } from './same-site.ts';

const post = (headers: Record<string, string>) =>
  ({ method: 'POST', headers: new Headers(headers) }) satisfies Pick<Request, 'method' | 'headers'>;

describe('isFromOurPages', () => {
  it('lets reading pass from anywhere', () => {
    expect(isFromOurPages({ method: 'GET', headers: new Headers({ 'sec-fetch-site': 'cross-site' }) })).toBe(
      true,
    );
  });

  it('believes the browser about where a form comes from', () => {
    expect(isFromOurPages(post({ 'sec-fetch-site': 'same-origin' }))).toBe(true);
    expect(isFromOurPages(post({ 'sec-fetch-site': 'same-site' }))).toBe(false);
    expect(isFromOurPages(post({ 'sec-fetch-site': 'cross-site' }))).toBe(false);
  });

  it('compares hosts where the browser says only the origin', () => {
    expect(isFromOurPages(post({ origin: 'http://localhost:3000', host: 'localhost:3000' }))).toBe(true);
    expect(isFromOurPages(post({ origin: 'http://evil.example', host: 'localhost:3000' }))).toBe(false);
    expect(isFromOurPages(post({ origin: 'null', host: 'localhost:3000' }))).toBe(false);
  });

  it('refuses what says nothing', () => {
    expect(isFromOurPages(post({ host: 'localhost:3000' }))).toBe(false);
  });
});
