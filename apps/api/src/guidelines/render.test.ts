import { describe, expect, it } from 'vitest';
import { renderGuideline } from './render.ts';

describe('guidelines', () => {
  it('show headings, lists, emphasis and tables', () => {
    expect(renderGuideline('# Aim\n\n- **first**\n\n| a | b |\n|---|---|\n| 1 | 2 |')).toBe(
      '<h1 dir="auto">Aim</h1>\n<ul dir="auto">\n<li dir="auto"><strong>first</strong></li>\n</ul>\n' +
        '<table>\n<thead>\n<tr>\n<th dir="auto">a</th>\n<th dir="auto">b</th>\n</tr>\n</thead>\n' +
        '<tbody>\n<tr>\n<td dir="auto">1</td>\n<td dir="auto">2</td>\n</tr>\n</tbody>\n</table>\n',
    );
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '[x](&#x6A;avascript:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](vbscript:x)',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '<javascript:alert(1)>',
    '[x][y]\n\n[y]: javascript:alert(1)',
    '<a href="javascript:alert(1)">x</a>',
  ])('lead nowhere by %j', (source) => {
    const targets = Array.from(
      renderGuideline(source).matchAll(/<a [^>]*href="([^"]*)"/gu),
      ([, href = '']) => href,
    );
    const protocols = targets.map((target) => new URL(target, 'https://here.example').protocol);
    expect(protocols.filter((protocol) => protocol !== 'https:')).toEqual([]);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<style>*{}</style>',
  ])('show %j as the text it is', (source) => {
    const html = renderGuideline(source);
    expect(html).not.toMatch(/<(?:script|img|svg|style)/u);
    expect(html).toContain(source.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  });

  it('ask no other site for a picture', () => {
    expect(renderGuideline('![map](https://elsewhere.example/map.png)')).toBe(
      '<p dir="auto">!<a href="https://elsewhere.example/map.png" rel="noopener noreferrer nofollow">map</a></p>\n',
    );
  });

  it('keep characters that turn the direction, isolated in their block', () => {
    const source = 'left \u202eright\u202c \u2067שלום\u2069';
    expect(renderGuideline(source)).toBe(`<p dir="auto">${source}</p>\n`);
  });

  it.each(['[', '*', '`', '<', '> ', '- ', '![', '|', '_a', '[]('])(
    'are rendered in good time when they are nothing but %j',
    (piece) => {
      const begun = performance.now();
      renderGuideline(piece.repeat(Math.floor(200_000 / piece.length)));
      expect(performance.now() - begun).toBeLessThan(2_000);
    },
  );
});
