const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  mdash: '—',
  ndash: '–',
  hellip: '…',
};

const ESCAPE = /\\([!-/:-@[-`{-~])/gu;

/** The words of a line of Markdown, without its marks: emphasis, code, links, images, notes, inline HTML. */
export function withoutMarks(line: string): string {
  const kept: string[] = [];
  const keep = (text: string): string => {
    kept.push(text);
    return `\u{e000}${kept.length - 1}\u{e001}`;
  };
  return line
    .replace(/[\u{e000}\u{e001}]/gu, '')
    .replace(/(`+)(.+?)\1(?!`)/gu, (_, __, code: string) => keep(code.trim()))
    .replace(ESCAPE, (_, mark: string) => keep(mark))
    .replace(/!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)/gu, '$1')
    .replace(/\[\^[^\]]+\]/gu, '')
    .replace(/!?\[([^\]]+)\]\[[^\]]*\]/gu, '$1')
    .replace(/<((?:https?:|mailto:)[^>\s]+)>/giu, '$1')
    .replace(/<\/?[a-z][^>]*>|<!--.*?-->/giu, '')
    .replace(/(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/giu, (whole, name: string) => entity(name) ?? whole)
    .replace(/\u{e000}(\d+)\u{e001}/gu, (_, index: string) => kept[Number(index)] ?? '');
}

function entity(name: string): string | null {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? null;
  const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : null;
}
