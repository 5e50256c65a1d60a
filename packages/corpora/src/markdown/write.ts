import type { WritableDocument, Written } from '../export.ts';
import { withoutAnnotation } from '../plain-text/write.ts';
import { layOut } from '../text/layout.ts';

const MARKS = /[\\`*_{}[\]<>&~|]/gu;
const BLOCK = /^(\s*)([#+\-=>]|\d{1,9}[.)])/u;

/** Writes the text of a document alone, so that Markdown shows it as it is. */
export function writeMarkdown({ content }: WritableDocument): Written {
  const { text } = layOut(content, { sentences: 'space' });
  const lines = text
    .split('\n')
    .map((line) =>
      line
        .replace(MARKS, '\\$&')
        .replace(
          BLOCK,
          (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
        ),
    );
  return { text: lines.join('\n'), lost: withoutAnnotation(content) };
}
