import type { DocumentContent, Token } from '@casebook/contracts';
import { chainOfMention } from '../assembly/chain-of-mention.ts';
import type { WritableDocument, Written } from '../export.ts';
import { counted } from '../export.ts';
import { entityCells, fieldsOf } from './entity-cells.ts';
import { relationCells } from './relation-cells.ts';

/**
 * Writes one document as CoNLL-U with coreference as CorefUD 1.0 has it. `# global.Entity` declares
 * `eid-etype-head-…-other`, with every further attribute of the mentions as a field of its own, so that they come
 * back as they were. Crossing mentions of one chain are left out, since its brackets close innermost first.
 */
export function writeConllU({ key, content }: WritableDocument): Written {
  const lost: string[] = [];
  const { chains, alone } = chainOfMention(content);
  const fields = fieldsOf(content.mentions, lost);
  const { cells: entities, crossing } = entityCells(content, chains, fields);
  const { cells: relations, unheld } = relationCells(content, chains);
  lost.push(
    ...counted(
      alone,
      'mention in no chain is written as a chain of its own',
      'mentions in no chain are written as chains of their own',
    ),
    ...counted(
      crossing,
      'mention that crosses another of its chain is left out',
      'mentions that cross another of their chain are left out',
    ),
    ...unheld,
    ...unholdable(content),
    ...(content.language === undefined ? [] : ['the language is left out']),
  );
  const lines = [`# newdoc id = ${oneLine(key)}`, `# global.Entity = ${['eid', ...fields].join('-')}`];
  const paragraphStarts = new Set(content.paragraphs.map(([start]) => start));
  for (const [sentence, [start, end]] of content.sentences.entries()) {
    if (paragraphStarts.has(start) && content.paragraphs.length > 1) lines.push('# newpar');
    const speaker = content.speakers?.[sentence] ?? null;
    if (speaker !== null) lines.push(`# speaker = ${oneLine(speaker)}`);
    lines.push(
      `# sent_id = ${oneLine(key)}-${sentence + 1}`,
      ...rowsOf(content, start, end, entities, relations),
      '',
    );
  }
  return { text: `${lines.join('\n')}\n`, lost };
}

const HELD_ATTRIBUTES = new Set([
  'xpos',
  'feats',
  'head',
  'deprel',
  'deps',
  'misc',
  'multiword',
  'multiwordMisc',
]);

function unholdable({ tokens, mentions, sentences, paragraphs }: DocumentContent): string[] {
  const sentenceStarts = new Set(sentences.map(([start]) => start));
  const attributes = tokens
    .flatMap((token) => Object.keys(token.attributes ?? {}))
    .filter((name) => !HELD_ATTRIBUTES.has(name));
  const strayHeads = mentions.filter(
    ({ head, ranges }) => head !== undefined && !ranges.some(([start, end]) => head >= start && head < end),
  );
  const strayParagraphs = paragraphs.filter(([start]) => !sentenceStarts.has(start));
  return [
    ...counted(
      tokens.filter(({ text }) => /[\t\r\n]/u.test(text)).length,
      'word has a tab or line end replaced by a space',
      'words have tabs or line ends replaced by spaces',
    ),
    ...counted(attributes.length, 'attribute of a token is left out', 'attributes of tokens are left out'),
    ...counted(
      strayHeads.length,
      'head outside its mention is left out',
      'heads outside their mentions are left out',
    ),
    ...counted(
      strayParagraphs.length,
      'paragraph that begins inside a sentence is left out',
      'paragraphs that begin inside sentences are left out',
    ),
  ];
}

/** The rows of one sentence; words are numbered from 1, empty nodes behind the word before them. */
function rowsOf(
  content: DocumentContent,
  start: number,
  end: number,
  entities: readonly string[],
  relations: readonly string[],
): string[] {
  const rows: string[] = [];
  let word = 0;
  let emptyAfter = 0;
  let insideMultiword = 0;
  for (let index = start; index < end; index += 1) {
    const token = content.tokens[index];
    if (token === undefined) continue;
    if (token.empty === true) emptyAfter += 1;
    else [word, emptyAfter] = [word + 1, 0];
    const multiword = token.empty === true ? null : multiwordOf(token);
    if (multiword !== null) {
      insideMultiword = multiword.words;
      rows.push(multiwordRow(content.tokens, index, end, word, multiword));
    }
    const spaceAfter =
      token.empty === true || insideMultiword > 0 || token.spaceAfter !== false ? '' : 'SpaceAfter=No';
    if (token.empty !== true && insideMultiword > 0) insideMultiword -= 1;
    const misc = [entities[index], relations[index], spaceAfter, token.attributes?.['misc']].filter(
      (item) => item !== undefined && item !== '',
    );
    rows.push(rowOf(token, emptyAfter === 0 ? String(word) : `${word}.${emptyAfter}`, misc.join('|')));
  }
  return rows;
}

function rowOf(token: Token, id: string, misc: string): string {
  const attribute = (name: string): string => cell(token.attributes?.[name]);
  return [
    id,
    oneLine(token.text),
    cell(token.lemma),
    cell(token.partOfSpeech),
    attribute('xpos'),
    attribute('feats'),
    attribute('head'),
    attribute('deprel'),
    attribute('deps'),
    cell(misc),
  ].join('\t');
}

interface Multiword {
  words: number;
  form: string;
}

function multiwordOf(token: Token): Multiword | null {
  const match = /^(\d+) (.+)$/su.exec(token.attributes?.['multiword'] ?? '');
  return match?.[2] === undefined ? null : { words: Number(match[1]), form: match[2] };
}

function multiwordRow(
  tokens: readonly Token[],
  index: number,
  end: number,
  word: number,
  { words, form }: Multiword,
): string {
  const inside = tokens
    .slice(index, end)
    .filter((token) => token.empty !== true)
    .slice(0, words);
  const misc = [
    inside.at(-1)?.spaceAfter === false ? 'SpaceAfter=No' : '',
    tokens[index]?.attributes?.['multiwordMisc'] ?? '',
  ].filter((item) => item !== '');
  return [
    `${word}-${word + inside.length - 1}`,
    oneLine(form),
    ...Array<string>(7).fill('_'),
    cell(misc.join('|')),
  ].join('\t');
}

function cell(text: string | undefined): string {
  return text === undefined || text === '' ? '_' : oneLine(text);
}

function oneLine(text: string): string {
  return text.replace(/[\t\r\n\0]/gu, ' ');
}
