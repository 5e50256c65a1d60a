import { SourceFault } from '../source/fault.ts';

/** One line of a `.ann` file that says something of the text. */
export type Annotation =
  | { kind: 'span'; id: string; type: string; fragments: [number, number][]; text: string; line: number }
  | { kind: 'equivalence'; type: string; spans: string[]; line: number }
  | { kind: 'relation'; type: string; from: string; to: string; line: number }
  | { kind: 'attribute'; name: string; span: string; value: string; line: number }
  /** Events, normalisations and notes on other things, which are not read. */
  | { kind: 'other'; line: number };

/**
 * Reads one line of brat's standoff format (brat.nlplab.org/standoff.html). Offsets count characters, that is code
 * points, from 0.
 *
 * @throws SourceFault where it is malformed.
 */
export function annotationOf(text: string, line: number): Annotation {
  const malformed = (expected: string): SourceFault =>
    new SourceFault({ line, column: 1 }, 'the annotation is malformed', expected);
  const [id = '', body = '', rest = ''] = splitTabs(text);
  const words = body.split(' ').filter((word) => word !== '');
  const [type = ''] = words;
  switch (text[0]) {
    case 'T': {
      const fragments = body
        .slice(type.length + 1)
        .split(';')
        .map((fragment) => /^(\d+) (\d+)$/u.exec(fragment.trim()));
      const ranges = fragments.map((match): [number, number] => [
        Number(match?.[1] ?? -1),
        Number(match?.[2] ?? -1),
      ]);
      if (type === '' || ranges.some(([start, end]) => start < 0 || end <= start))
        throw malformed('T1<tab>Type start end<tab>text, or several "start end" with ";" between them');
      return { kind: 'span', id, type, fragments: ranges, text: rest, line };
    }
    case '*': {
      if (words.length < 2) throw malformed('*<tab>Type T1 T2 …');
      return { kind: 'equivalence', type, spans: words.slice(1), line };
    }
    case 'R': {
      const [from, to] = [words[1], words[2]].map((word) => /^[^:]+:(.+)$/u.exec(word ?? '')?.[1]);
      if (from === undefined || to === undefined) throw malformed('R1<tab>Type Arg1:T1 Arg2:T2');
      return { kind: 'relation', type, from, to, line };
    }
    case 'A':
    case 'M': {
      const span = words[1];
      if (span === undefined) throw malformed('A1<tab>Name T1 value');
      return { kind: 'attribute', name: type, span, value: words.slice(2).join(' ') || 'true', line };
    }
    case '#': {
      const span = words[1];
      return span === undefined
        ? { kind: 'other', line }
        : { kind: 'attribute', name: 'note', span, value: rest, line };
    }
    case 'E':
    case 'N':
      return { kind: 'other', line };
    default:
      throw malformed('a line that begins with T, R, *, A, M, E, N or #');
  }
}

/** At most three fields: the text of a span may itself hold tabs. */
function splitTabs(text: string): string[] {
  const first = text.indexOf('\t');
  const second = first === -1 ? -1 : text.indexOf('\t', first + 1);
  if (first === -1) return [text];
  return second === -1
    ? [text.slice(0, first), text.slice(first + 1)]
    : [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}
