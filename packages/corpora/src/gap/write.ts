import type { DocumentContent, Mention } from '@casebook/contracts';
import type { WritableDocument, Written } from '../export.ts';
import { counted } from '../export.ts';
import { layOut } from '../text/layout.ts';
import type { GapRole } from './columns.ts';
import { GAP_COLUMNS } from './columns.ts';

/** The first line of a file of GAP items. */
export const GAP_HEADER = `${GAP_COLUMNS.join('\t')}\n`;

/**
 * Writes one document as a GAP item, where it has a mention for each of the parts `Pronoun`, `A` and `B` (their
 * attribute `role`). Any other document can't be one: nothing is written, and that is said.
 */
export function writeGap({ key, content }: WritableDocument): Written {
  const [pronoun, a, b] = (['Pronoun', 'A', 'B'] as const).map((role) => mentionOf(content, role));
  if (pronoun === undefined || a === undefined || b === undefined) {
    return {
      text: '',
      lost: ['the document is left out: it has no pronoun and two names marked by their role'],
    };
  }
  const { text, starts, ends } = layOut(content, { sentences: 'space' });
  const points = Array.from(text.trimEnd().replace(/[\t\n]/gu, ' '));
  const words = (mention: Mention): [string, string] => {
    const start = starts[mention.ranges[0]?.[0] ?? 0] ?? 0;
    const end = ends[(mention.ranges.at(-1)?.[1] ?? 1) - 1] ?? start;
    return [points.slice(start, end).join(''), String(start)];
  };
  const same = (name: Mention): string =>
    content.chains.some(({ mentions }) => mentions.includes(name.id) && mentions.includes(pronoun.id))
      ? 'TRUE'
      : 'FALSE';
  const cells = [
    key.replace(/[\t\r\n]/gu, ' '),
    points.join(''),
    ...words(pronoun),
    ...words(a),
    same(a),
    ...words(b),
    same(b),
    pronoun.attributes?.['url'] ?? '',
  ];
  return {
    text: `${cells.join('\t')}\n`,
    lost: counted(content.mentions.length - 3, 'other mention is left out', 'other mentions are left out'),
  };
}

function mentionOf(content: DocumentContent, role: GapRole): Mention | undefined {
  return content.mentions.find((mention) => mention.attributes?.['role'] === role);
}
