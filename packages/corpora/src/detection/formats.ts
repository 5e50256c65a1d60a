/** The document formats that are read from one stream, by the names the terminal and the API use. */
export const STREAM_FORMATS = [
  'conll-2012',
  'conll-u',
  'conll-ua',
  'e2e-jsonl',
  'casebook-jsonl',
  'gap',
  'sacr',
  'mas-xml',
  'plain-text',
  'markdown',
] as const;
export type StreamFormat = (typeof STREAM_FORMATS)[number];

/** All document formats; brat and ezCoref keep a document in two files and have readers of their own. */
export const DOCUMENT_FORMATS = [...STREAM_FORMATS, 'brat', 'ezcoref'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export function isStreamFormat(name: string): name is StreamFormat {
  return (STREAM_FORMATS as readonly string[]).includes(name);
}
