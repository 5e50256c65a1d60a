import { describe, expect, it } from 'vitest';
import { localPath } from './local-path.ts';

describe('localPath', () => {
  it('keeps a path of this site with its query', () => {
    expect(localPath('/projects/1?tab=people')).toBe('/projects/1?tab=people');
  });

  it.each([
    null,
    '',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('goes to the desk instead of %j', (asked) => {
    expect(localPath(asked)).toBe('/');
  });
});
