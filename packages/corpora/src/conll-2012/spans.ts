import type { DocumentContent } from '@casebook/contracts';

/** A mention as a format of continuous spans has it: half open, in tokens. */
export interface Span {
  start: number;
  end: number;
  chain: string;
}

/** Every mention as one span, from its first token to its last, in reading order. */
export function spansOf(content: DocumentContent, chains: ReadonlyMap<string, string>): Span[] {
  return content.mentions.flatMap((mention) => {
    const start = mention.ranges[0]?.[0];
    const end = mention.ranges.at(-1)?.[1];
    const chain = chains.get(mention.id);
    return start === undefined || end === undefined || chain === undefined ? [] : [{ start, end, chain }];
  });
}

/**
 * The spans that brackets closing innermost first can hold. Where two of one chain cross, the one that begins
 * later is left out.
 */
export function holdableSpans(spans: readonly Span[]): { held: Span[]; crossing: number } {
  const open = new Map<string, Span[]>();
  const held: Span[] = [];
  let crossing = 0;
  const ordered = [...spans].sort((one, other) => one.start - other.start || other.end - one.end);
  for (const span of ordered) {
    const around = (open.get(span.chain) ?? []).filter((earlier) => earlier.end > span.start);
    const innermost = around.at(-1);
    if (innermost !== undefined && innermost.end < span.end) {
      crossing += 1;
      continue;
    }
    open.set(span.chain, [...around, span]);
    held.push(span);
  }
  return { held, crossing };
}
