import { describe, expect, it } from 'vitest';
import { addressOf } from './address.ts';

describe('addressOf', () => {
  it('fills the path and adds the query', () => {
    expect(
      addressOf('/projects/:projectId/items', { projectId: 'a b' }, { limit: 20, cursor: undefined }),
    ).toBe('/api/v1/projects/a%20b/items?limit=20');
  });

  it('lets no value climb out of its place in the path', () => {
    expect(addressOf('/projects/:projectId', { projectId: '../session' })).toBe(
      '/api/v1/projects/..%2Fsession',
    );
  });

  it('throws where a part of the path is missing', () => {
    expect(() => addressOf('/projects/:projectId', {})).toThrow('projectId');
  });
});
