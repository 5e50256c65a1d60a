import model from 'wink-eng-lite-web-model';
import winkNLP, { type ItemToken } from 'wink-nlp';
import { isPartOfSpeech, type PartOfSpeech, type Tagger } from './tagged.ts';

let loaded: Tagger | null = null;

/** The tagger of the wink library with its English model. Loading it takes a tenth of a second, so it is done once, when first asked for. */
export function winkTagger(): Tagger {
  loaded ??= load();
  return loaded;
}

function load(): Tagger {
  const wink = winkNLP(model, ['sbd', 'pos']);
  /* eslint-disable @typescript-eslint/unbound-method -- the library takes these as names of what is wanted */
  const { value, pos, precedingSpaces } = wink.its;
  /* eslint-enable @typescript-eslint/unbound-method */
  return (tokens) => {
    let text = '';
    const starts = tokens.map((token) => {
      const start = text.length;
      text += token.text + (token.spaceAfter === false ? '' : ' ');
      return start;
    });
    const parts = tokens.map((): PartOfSpeech => 'X');
    let end = 0;
    let at = 0;
    // wink cuts words otherwise than the document does (*did|n't*): a token has the part of speech with which it begins.
    wink
      .readDoc(text)
      .tokens()
      .each((found: ItemToken) => {
        const start = end + found.out(precedingSpaces).length;
        end = start + found.out(value).length;
        const tag = found.out(pos);
        for (; (starts[at] ?? Infinity) < end; at += 1) {
          if ((starts[at] ?? 0) >= start) parts[at] = isPartOfSpeech(tag) ? tag : 'X';
        }
      });
    return parts;
  };
}
