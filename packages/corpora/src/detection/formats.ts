/** The document formats that are read from one stream, by the names the terminal and the API use. */
export const DOCUMENT_FORMATS = ['conll-2012', 'conll-u'] as const;

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export function isDocumentFormat(name: string): name is DocumentFormat {
  return (DOCUMENT_FORMATS as readonly string[]).includes(name);
}
