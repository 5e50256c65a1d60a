import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachment } from './content-disposition.ts';

describe('attachment', () => {
  it('gives an ASCII fallback and the name itself', () => {
    expect(attachment('Märchen "1".csv')).toBe(
      `attachment; filename="M_rchen _1_.csv"; filename*=UTF-8''M%C3%A4rchen%20%221%22.csv`,
    );
  });

  it('lets no name end the header or climb folders', () => {
    expect(attachment('a\r\nSet-Cookie: x=1/../b.csv')).toBe(
      `attachment; filename="a_Set-Cookie: x=1_.._b.csv"; filename*=UTF-8''a_Set-Cookie%3A%20x%3D1_.._b.csv`,
    );
  });

  it('is printable ASCII whatever the name', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (points) => {
        const name = String.fromCodePoint(...points);
        expect(attachment(name)).toMatch(
          /^attachment; filename="[ !#-$&-~]*"; filename\*=UTF-8''[\w.!~%-]*$/u,
        );
      }),
    );
  });
});
