import { describe, expect, it } from 'vitest';
import { offlinePage } from './offline-page.ts';

describe('the page shown where there is no network', () => {
  it('says so, is an error to programs, and leads back to the one case that is kept', async () => {
    const response = offlinePage(['/work/p/t']);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const text = await response.text();
    expect(text).toContain('<h1>There is no network</h1>');
    expect(text).toContain('<a href="/work/p/t">Back to your case</a>');
  });

  it('tells several cases apart, and names none where none is kept', async () => {
    const several = await offlinePage(['/work/p/t', '/work/p/"&']).text();
    expect(several).toContain('<a href="/work/p/t">Back to case 1</a>');
    expect(several).toContain('<a href="/work/p/&quot;&amp;">Back to case 2</a>');
    expect(await offlinePage([]).text()).not.toContain('Back to');
  });
});
