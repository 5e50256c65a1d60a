import type { CoderAnswer } from '@casebook/contracts';
import { textOfMention } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { chainsShown, wordsOf } from '../testing/spans.ts';
import { reading } from '../testing/streams.ts';
import { MAS_XML_HEAD, MAS_XML_TAIL, writeMasXml } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

const read = (text: string): ReturnType<typeof reading> =>
  reading(text, { fileName: 'case.xml', format: 'mas-xml' });
const judgedText = `<?xml version="1.0"?>
<MAS-XML name="case">
<!-- a specimen -->
<p><s><ne id="1"><PDante id="1" start_chr="0" end_chr="3">
<anchor timestamp="2020-01-01 10:00:00" mode="a" annotation_time="4" user_rating="70" user_id="7" type="DN"/>
<anchor mode="v" agree="0" user_id="8" type="NR"/></PDante><W pos="NNP">Ada</W></ne> <W>&amp;</W>
<ne id="2"><W>her</W> <ne id="3"><W>cat</W></ne>
<anchor mode="a" user_id="7" type="PR" ante="1, 3"/><comment type_id="5" user_id="9"/></ne></s></p>
<p><s><ne id="4"><W>She</W><anchor user_id="7" type="DO" ante="1"/><anchor user_id="8" type="DO" ante="99"/></ne> <W>ran</W></s></p>
</MAS-XML>`;

describe('MAS-XML', () => {
  it('reads words, nested markables and the judgements of single players', async () => {
    const { documents, refusals } = await read(judgedText);
    expect(refusals).toEqual([]);
    const [document] = documents;
    const content = document?.content;
    expect(document?.key).toBe('case');
    expect(content?.mentions.map((mention) => [mention.id, textOfMention(content.tokens, mention)])).toEqual([
      ['1', 'Ada'],
      ['2', 'her cat'],
      ['3', 'cat'],
      ['4', 'She'],
    ]);
    expect(content?.paragraphs).toEqual([
      [0, 4],
      [4, 6],
    ]);
    expect(document?.answers).toEqual([
      {
        coder: '7',
        mention: '1',
        answer: { kind: 'new' },
        givenAt: '2020-01-01 10:00:00',
        elapsedMs: 4000,
        rating: 70,
      },
      { coder: '8', mention: '1', answer: { kind: 'non-referring' }, validation: 'disagrees' },
      { coder: '7', mention: '2', answer: { kind: 'property', of: ['1', '3'] } },
      { coder: '9', mention: '2', answer: { kind: 'skipped', reason: 'ambiguous' } },
      { coder: '7', mention: '4', answer: { kind: 'old', antecedents: ['1'] } },
    ]);
    expect(document?.remarks).toEqual([
      { line: 9, reason: 'the antecedent "99" is no markable of the document; it is passed over' },
    ]);
  });

  it('writes judgements so that they come back', async () => {
    const { documents } = await read(judgedText);
    const [document] = documents;
    if (document === undefined) throw new Error('the specimen was not read');
    const { text } = writeMasXml(document);
    const again = await read(MAS_XML_HEAD + text + MAS_XML_TAIL);
    const byCoder = (answers: readonly CoderAnswer[] | undefined): string[] =>
      answers?.map((answer) => JSON.stringify(Object.entries(answer).sort())).sort() ?? [];
    expect(again.documents.map(({ content }) => content)).toEqual([document.content]);
    expect(byCoder(again.documents[0]?.answers)).toEqual(byCoder(document.answers));
  });

  it('loses a bad document, not those beside it', async () => {
    const { documents, refusals } = await read(
      '<m><doc id="a"><s><W>x</W></s></doc>\n<doc id="b"><s><ne id="1"></ne><W>x</W></s></doc><doc id="c"><s><W>y</W></s></doc></m>',
    );
    expect(documents.map(({ key }) => key)).toEqual(['a', 'c']);
    expect(refusals).toMatchObject([{ line: 2, reason: 'the markable "1" has no words' }]);
  });

  it.each([
    ['tags that do not nest', '<a><W>x</a></W>', { line: 1, column: 8, reason: '</a> closes <W>' }],
    ['an unfinished file', '<a>\n<W>x</W>', { reason: 'the element <a> is never closed' }],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', { line: 1, column: 1 }],
    [
      'an unknown entity',
      '<a><W>&x;</W></a>',
      { line: 1, column: 7, reason: '"&x;" is no entity that XML defines' },
    ],
    ['a tag that is none', '<a><W pos=NN>x</W></a>', { line: 1, column: 4 }],
    ['no words', '<a><b/></a>', { reason: 'the document has no tokens' }],
    ['endless nesting', '<a>'.repeat(300), { reason: 'elements are nested deeper than 200' }],
  ])('refuses %s', async (_, text, refusal) => {
    const { documents, refusals } = await read(text);
    expect(documents).toEqual([]);
    expect(refusals).toMatchObject([refusal]);
  });

  it('comes back unchanged where all mentions nest within sentences', async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryContent({ discontinuous: false }), async (content) => {
        const { text, lost } = writeMasXml({ key: 'd <&>"', content });
        const { documents, refusals } = await read(MAS_XML_HEAD + text + MAS_XML_TAIL);
        expect(refusals).toEqual([]);
        expect(
          documents.map((document) => [document.key, wordsOf(document.content), document.content.sentences]),
        ).toEqual([['d <&>"', wordsOf(content), content.sentences]]);
        if (lost.length > 0) return;
        whole += 1;
        expect(documents.map((document) => chainsShown(document.content).sort())).toEqual([
          chainsShown(content).sort(),
        ]);
      }),
    );
    expect(whole).toBeGreaterThan(10);
  });
});
