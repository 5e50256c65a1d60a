import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';

const BLOCKS = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'th', 'td'];
const OTHERS = ['a', 'strong', 'em', 's', 'code', 'pre', 'hr', 'br', 'table', 'thead', 'tbody', 'tr'];

// HTML in the source is shown as the text it is. Pictures would tell their host who reads, so they become links.
const markdown = new MarkdownIt({ html: false, maxNesting: 20 }).disable('image');

const isolated: Record<string, sanitize.Transformer> = Object.fromEntries(
  BLOCKS.map((tag) => [tag, sanitize.simpleTransform(tag, { dir: 'auto' })]),
);

/** Guidelines as their blocks and words, before they become HTML. */
export function parseGuideline(source: string): ReturnType<typeof markdown.parse> {
  return markdown.parse(source, {});
}

/**
 * Guidelines as they are shown. Only links to web pages and mail addresses stay links. Every block finds its own
 * reading direction, so that text that runs from right to left, or that turns the direction, stays within its block.
 */
export function renderGuideline(source: string): string {
  return sanitize(markdown.render(source), {
    allowedTags: [...BLOCKS, ...OTHERS],
    allowedAttributes: { '*': ['dir'], a: ['href', 'title', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      ...isolated,
      a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }),
    },
  });
}
