export type * from './events.ts';
export { detectFormat, HEAD_BYTES } from './detection/detect-format.ts';
export type { Detected } from './detection/detect-format.ts';
export { DOCUMENT_FORMATS, isDocumentFormat } from './detection/formats.ts';
export type { DocumentFormat } from './detection/formats.ts';
export { readDocuments } from './read-documents.ts';
export type { ReadOptions } from './read-documents.ts';
export { DEFAULT_LIMITS } from './source/limits.ts';
export type { Limits } from './source/limits.ts';
