import { CLASSES } from '../classes.ts';
import type { Alignment } from './alignment.ts';
import type { Pairing } from './pairing.ts';
import type { Asked, Side, SidePhrase } from './side.ts';

/** One of the two sides, with the numbers that its entities have been given. */
export interface NumberedSide extends Side {
  readonly numberOf: (key: string) => number | null;
  /** The numbers of what a phrase names together with others, rising. */
  readonly partNumbers: (key: string) => readonly number[];
  /** The words of a phrase, answered or not. */
  readonly textOf: (key: string) => string;
  /** A phrase that can be meant on both sides has one name on both. */
  readonly sharedName: (key: string) => string;
}

export function numberedSides(
  a: Side,
  b: Side,
  pairing: Pairing,
  alignment: Alignment,
  { asked, textOf }: { readonly asked: Asked; readonly textOf: (key: string) => string | null },
): { readonly a: NumberedSide; readonly b: NumberedSide } {
  const nameInB = new Map(pairing.pairs.map((pair) => [pair.b.key, `both ${pair.a.key}`]));
  const nameInA = new Map(pairing.pairs.map((pair) => [pair.a.key, `both ${pair.a.key}`]));
  // Phrase by phrase, both were asked about the same ones, and an answer may point at one that was not answered.
  const shared = (names: ReadonlyMap<string, string>, which: string) => (key: string) =>
    asked === 'phrase by phrase' ? key : (names.get(key) ?? `${which} ${key}`);
  return {
    a: numberedSide(a, alignment.numberInA, shared(nameInA, 'a'), textOf),
    b: numberedSide(b, alignment.numberInB, shared(nameInB, 'b'), textOf),
  };
}

function numberedSide(
  side: Side,
  numberOfChain: (chain: string) => number | null,
  sharedName: (key: string) => string,
  textOf: (key: string) => string | null,
): NumberedSide {
  const phrases = new Map(side.phrases.map((phrase) => [phrase.key, phrase]));
  return {
    ...side,
    sharedName,
    textOf: (key) => phrases.get(key)?.unit.text ?? textOf(key) ?? 'a phrase',
    numberOf: (key) => {
      const chain = side.chainOf(key);
      return chain === null ? null : numberOfChain(chain);
    },
    partNumbers: (key) =>
      side
        .partsOf(key)
        .flatMap((part) => numberOfChain(part) ?? [])
        .sort((one, other) => one - other),
  };
}

/** What a phrase is said to be, apart from whom it names. */
export type SaidClass = 'names' | 'property' | 'non-referring' | 'nothing';

export function classOf(side: NumberedSide, { key, answer }: SidePhrase): SaidClass {
  if (answer === null) return 'nothing';
  if (answer.kind === 'property' || answer.kind === 'non-referring') return answer.kind;
  return side.chainOf(key) === null ? 'nothing' : 'names';
}

/** What is printed below a phrase: `3`; `1+2` for several together; `=3` for a property; `∅` for what refers to nothing. */
export function labelOf(side: NumberedSide, phrase: SidePhrase): string {
  const { key, answer } = phrase;
  switch (classOf(side, phrase)) {
    case 'nothing':
      return '';
    case 'non-referring':
      return '∅';
    case 'property':
      return `=${(answer?.kind === 'property' ? answer.of : []).map((of) => side.numberOf(of) ?? '?').join('+')}`;
    case 'names': {
      const parts = side.partNumbers(key);
      return parts.length > 1 ? parts.join('+') : String(side.numberOf(key) ?? '');
    }
  }
}

/** What one side says of a phrase, in words. `before` is the phrase that it is linked to. */
export function inWords(side: NumberedSide, phrase: SidePhrase, before: SidePhrase | null): string {
  const { key, answer } = phrase;
  switch (classOf(side, phrase)) {
    case 'nothing':
      return 'nothing said of it';
    case 'non-referring':
      return titleOf('non-referring');
    case 'property': {
      const of = answer?.kind === 'property' ? answer.of : [];
      return `property of ${of.map((other) => `“${side.textOf(other)}”${numberAfter(side, other)}`).join(' and ')}`;
    }
    case 'names': {
      const parts = side.partNumbers(key);
      const number = side.numberOf(key) ?? '?';
      if (parts.length > 1) return `entities ${parts.join(' and ')} together`;
      return before === null ? `entity ${number}, first here` : `entity ${number}, as “${before.unit.text}”`;
    }
  }
}

function numberAfter(side: NumberedSide, key: string): string {
  const number = side.numberOf(key);
  return number === null ? '' : ` (${number})`;
}

function titleOf(kind: 'non-referring'): string {
  return (CLASSES.find((own) => own.kind === kind)?.title ?? kind).toLowerCase();
}
