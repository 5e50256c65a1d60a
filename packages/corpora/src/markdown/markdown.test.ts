import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { reading } from '../testing/streams.ts';
import { denseText } from '../testing/text-spans.ts';
import { withoutMarks } from './inline.ts';
import { writeMarkdown } from './write.ts';
import { textOfRange } from '@casebook/contracts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

async function paragraphsOf(text: string): Promise<string[]> {
  const { documents } = await reading(text, { fileName: 'case.md' });
  return documents.flatMap(({ content }) =>
    content.paragraphs.map((range) => textOfRange(content.tokens, range)),
  );
}

describe('Markdown', () => {
  it.each([
    ['**bold** and *slanted* and ~~gone~~', 'bold and slanted and gone'],
    ['a _slanted_ word, but snake_case_name', 'a slanted word, but snake_case_name'],
    ['a [link](http://x.y/z "title") and ![picture](p.png)', 'a link and picture'],
    ['`*code*` and \\*stars\\*', '*code* and *stars*'],
    ['<b>bold</b> &amp; &#39;quoted&#x27; &unknown;', "bold & 'quoted' &unknown;"],
    ['a note[^1] and <https://x.y>', 'a note and https://x.y'],
    ['2 * 3 * 4', '2 * 3 * 4'],
  ])('shows %j as %j', (line, shown) => {
    expect(withoutMarks(line)).toBe(shown);
  });

  it('makes paragraphs of headings, items, quotes and table rows, and leaves out what is not read', async () => {
    const text =
      '---\ntitle: x\n---\n# The Case #\nFog lay\non the moor.\n\n- one\n- two\n\n> quoted\n> words\n\n```\ncode()\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n***\n<!-- hidden\nstill --> seen\n\n[ref]: http://x.y\nTitle\n=====\nend';
    expect(await paragraphsOf(text)).toEqual([
      'The Case',
      'Fog lay on the moor.',
      'one',
      'two',
      'quoted words',
      'a b',
      'c d',
      'seen',
      'Title',
      'end',
    ]);
  });

  it('brings the text of any document back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContent({ discontinuous: false }), async (content) => {
        const { documents } = await reading(writeMarkdown({ key: 'd', content }).text, {
          fileName: 'd.md',
          format: 'markdown',
        });
        expect(documents.map((document) => denseText(document.content))).toEqual([denseText(content)]);
      }),
    );
  });
});
