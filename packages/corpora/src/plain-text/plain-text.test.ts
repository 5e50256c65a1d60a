import { describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { wordsOf } from '../testing/spans.ts';
import { reading } from '../testing/streams.ts';
import { denseText } from '../testing/text-spans.ts';
import { writePlainText } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

describe('plain text', () => {
  it('is one document; blank lines separate paragraphs, lines within one are joined', async () => {
    const { documents } = await reading('The fog\r\nthickened. Night fell.\r\n\r\n \r\nMorning came.', {
      fileName: 'in/the-fog.txt',
    });
    expect(documents).toMatchObject([
      {
        key: 'the-fog',
        name: 'the-fog',
        content: {
          sentences: [
            [0, 4],
            [4, 7],
            [7, 10],
          ],
          paragraphs: [
            [0, 7],
            [7, 10],
          ],
        },
      },
    ]);
  });

  it('keeps which words no space follows', async () => {
    const { documents } = await reading('He ran, then.', { fileName: 'a.txt' });
    expect(documents[0]?.content.tokens).toEqual([
      { text: 'He' },
      { text: 'ran', spaceAfter: false },
      { text: ',' },
      { text: 'then', spaceAfter: false },
      { text: '.' },
    ]);
  });

  it('is cut by the rules of its language, which the document remembers', async () => {
    const { documents } = await reading('私は猫です。', { fileName: 'a.txt', language: 'ja' });
    expect(documents.map(({ content }) => [content.language, wordsOf(content)])).toEqual([
      ['ja', ['私', 'は', '猫', 'です', '。']],
    ]);
  });

  it.each([
    ['a language that is none', 'a', { language: 'not a tag' }, '"not a tag" is no language tag'],
    ['nothing', ' \n', {}, 'the file is empty'],
  ])('refuses %s', async (_, text, options, reason) => {
    const { refusals } = await reading(text, { fileName: 'a.txt', ...options });
    expect(refusals).toMatchObject([{ reason }]);
  });

  it('brings the text of any document back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContent({ discontinuous: false }), async (content) => {
        const { documents } = await reading(writePlainText({ key: 'd', content }).text, {
          fileName: 'd.txt',
          format: 'plain-text',
        });
        expect(documents.map((document) => denseText(document.content))).toEqual([denseText(content)]);
        expect(documents[0]?.content.paragraphs).toHaveLength(content.paragraphs.length);
      }),
    );
  });
});
