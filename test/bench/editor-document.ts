import type { DocumentContent, Mention, Token, TokenRange } from '@casebook/contracts';

const ADJECTIVES = ['old', 'silent', 'careful', 'wet', 'brass', 'narrow', 'honest', 'second'];
const NOUNS = [
  'inspector',
  'widow',
  'lamplighter',
  'ledger',
  'harbour',
  'clerk',
  'lamp',
  'captain',
  'letter',
  'key',
];
const NAMES = ['Harrow', 'Quill', 'Maren', 'Tobias', 'Ines', 'Brandt', 'Osei', 'Lindqvist'];
const PRONOUNS = ['he', 'she', 'it', 'they'];
const VERBS = ['carried', 'opened', 'watched', 'remembered', 'followed', 'answered', 'wrote to', 'forgot'];
const ENDS = [
  'through the rain',
  'without a word',
  'before dawn',
  'as if nothing had happened',
  'once more',
  'that night',
];

/**
 * A document made by rule: about so many tokens and just so many mentions, a third of them pronouns, a tenth nested
 * in another, in chains whose sizes fall off as they do in novels. The same seed makes the same document.
 */
export function madeDocument(wantedTokens: number, wantedMentions: number, seed: number): DocumentContent {
  const random = mulberry32(seed);
  const one = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error('there is nothing to choose from');
    return value;
  };
  const tokens: Token[] = [];
  const mentions: Mention[] = [];
  const sentences: TokenRange[] = [];
  const paragraphs: TokenRange[] = [];
  const chains = new Map<string, string[]>();
  const say = (words: string): void => {
    for (const text of words.split(' ')) tokens.push({ text });
  };
  const close = (mark: string): void => {
    const last = tokens.at(-1);
    if (last !== undefined) last.spaceAfter = false;
    tokens.push({ text: mark });
  };
  const mention = (start: number): void => {
    if (mentions.length >= wantedMentions) return;
    const id = `m${mentions.length + 1}`;
    mentions.push({ id, ranges: [[start, tokens.length]], head: tokens.length - 1 });
    // Squared, so that a few are named often and many once or twice.
    const chain = `e${Math.floor(random() ** 2.2 * (wantedMentions / 5)) + 1}`;
    const known = chains.get(chain);
    if (known === undefined) chains.set(chain, [id]);
    else known.push(id);
  };
  const phrase = (): void => {
    const start = tokens.length;
    const kind = random();
    if (kind < 0.34) say(one(PRONOUNS));
    else if (kind < 0.55) say(one(NAMES));
    else say(`the ${random() < 0.4 ? `${one(ADJECTIVES)} ` : ''}${one(NOUNS)}`);
    if (kind >= 0.8) {
      say('of');
      const inner = tokens.length;
      say(`the ${one(NOUNS)}`);
      mention(start);
      mention(inner);
    } else mention(start);
  };
  while (tokens.length < wantedTokens) {
    const paragraph = tokens.length;
    const length = 2 + Math.floor(random() * 6);
    for (let index = 0; index < length && tokens.length < wantedTokens; index += 1) {
      const sentence = tokens.length;
      phrase();
      say(one(VERBS));
      phrase();
      say(one(ENDS));
      if (random() < 0.4) {
        close(',');
        say(`and ${one(VERBS)}`);
        say('nothing');
      }
      if (random() < 0.05) say('though nobody on the quay had asked for anything of the kind');
      close('.');
      sentences.push([sentence, tokens.length]);
    }
    paragraphs.push([paragraph, tokens.length]);
  }
  return {
    tokens,
    sentences,
    paragraphs,
    language: 'en',
    mentions,
    chains: Array.from(chains, ([id, members]) => ({ id, mentions: members })),
  };
}

/** A small generator of random numbers in [0, 1), the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
