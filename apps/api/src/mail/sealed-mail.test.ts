import { describe, expect, it } from 'vitest';
import { openMail, sealMail } from './sealed-mail.ts';

const mail = {
  to: 'eve@example.org',
  subject: 'Einladung',
  text: 'https://here.example/invitations/Zm9v — 招待',
};

describe('a sealed mail', () => {
  it('is opened with the secret it was sealed with', () => {
    expect(openMail(sealMail(mail, 'one secret'), 'one secret')).toEqual(mail);
  });

  it('shows nothing of the mail and never looks the same twice', () => {
    const sealed = sealMail(mail, 'one secret');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('invitations');
    expect(sealMail(mail, 'one secret')).not.toBe(sealed);
  });

  it('is not opened with another secret, nor after a change', () => {
    const sealed = sealMail(mail, 'one secret');
    expect(() => openMail(sealed, 'other secret')).toThrow();
    const bytes = Buffer.from(sealed, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    expect(() => openMail(bytes.toString('base64url'), 'one secret')).toThrow();
  });
});
