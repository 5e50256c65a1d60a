import { afterEach, describe, expect, it } from 'vitest';
import { forgetPages, keptPage, keptPaths, putPage } from './kept-pages.ts';

afterEach(forgetPages);

const page = (body: string) =>
  new Response(body, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "script-src 'nonce-1'",
      'content-length': '3',
    },
  });

describe('a page kept for when there is no network', () => {
  it('comes back as it was, with what guards it and without what was of the way', async () => {
    await putPage('/work/p/t', page('<p>Fälle</p>'));
    const kept = await keptPage('/work/p/t');
    expect(kept?.status).toBe(200);
    expect(await kept?.text()).toBe('<p>Fälle</p>');
    expect(Object.fromEntries(kept?.headers ?? [])).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "script-src 'nonce-1'",
    });
  });

  it('is replaced by a newer one', async () => {
    await putPage('/work/p/t', page('old'));
    await putPage('/work/p/t', page('new'));
    expect(await (await keptPage('/work/p/t'))?.text()).toBe('new');
    expect(await keptPaths()).toEqual(['/work/p/t']);
  });

  it('is nothing where none was kept, and after all were forgotten', async () => {
    expect(await keptPage('/work/p/t')).toBeUndefined();
    await putPage('/work/p/t', page('x'));
    await forgetPages();
    expect(await keptPage('/work/p/t')).toBeUndefined();
    expect(await keptPaths()).toEqual([]);
  });
});
