import type { DocumentContent } from '@casebook/contracts';
import { layOut } from '../text/layout.ts';

/**
 * Every chain as the stretches of running text that its mentions cover, for formats that keep the text but not its
 * tokens: places count code points of the text without its white space.
 */
export function chainsInText(content: DocumentContent): string[] {
  const { text, starts, ends } = layOut(content, { sentences: 'space' });
  const points = Array.from(text);
  const dense: number[] = [];
  let count = 0;
  for (const point of points) {
    dense.push(count);
    if (/\S/u.test(point)) count += 1;
  }
  dense.push(count);
  const shown = new Map(
    content.mentions.map(({ id, ranges }) => [
      id,
      ranges
        .map(([start, end]) => `${dense[starts[start] ?? 0] ?? 0}-${dense[ends[end - 1] ?? 0] ?? 0}`)
        .join('+'),
    ]),
  );
  return content.chains
    .map(
      (chain) =>
        `${chain.id}: ${chain.mentions
          .map((id) => shown.get(id) ?? '?')
          .sort()
          .join(' ')}`,
    )
    .sort();
}

/** The text of a document without its white space. */
export function denseText(content: DocumentContent): string {
  return content.tokens
    .filter(({ empty }) => empty !== true)
    .map(({ text }) => text)
    .join('');
}
