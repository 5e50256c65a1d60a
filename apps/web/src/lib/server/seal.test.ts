import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealedDevice } from './seal.ts';

describe('sealedDevice', () => {
  it('signs the address and the moment together', () => {
    const [address, at, tag] = sealedDevice('2001:db8::1', 1_700_000_000_000, 'a secret').split(';');
    expect([address, at]).toEqual(['2001:db8::1', '1700000000000']);
    expect(tag).toBe(createHmac('sha256', 'a secret').update('2001:db8::1;1700000000000').digest('hex'));
  });

  it('changes with the secret', () => {
    expect(sealedDevice('192.0.2.1', 1, 'one')).not.toBe(sealedDevice('192.0.2.1', 1, 'other'));
  });
});
