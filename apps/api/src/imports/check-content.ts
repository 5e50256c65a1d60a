import type { CollectionKind } from '@casebook/contracts';
import { detectFormat, refusedContent } from '@casebook/corpora';
import { Malformed, Unprocessable, WrongMediaType } from '../errors.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** Any text may be read as one of these, so they say nothing against a table. */
const SIGNLESS: ReadonlySet<string> = new Set(['plain-text', 'markdown']);

/**
 * Looks at the first bytes of a file, whatever its name says.
 *
 * @throws WrongMediaType for what is no text: images, archives, web pages.
 * @throws Unprocessable for documents among pairs, or pairs among documents.
 */
export function checkContent({ name, head }: UploadedFile, kind: CollectionKind): void {
  if (head.length === 0) throw new Malformed(`${name}: the file is empty.`);
  const refused = refusedContent(head);
  if (refused !== null) throw new WrongMediaType(`${name}: ${refused}. Expected ${EXPECTED[kind]}.`);
  const detected = detectFormat(name, head);
  if (kind === 'documents' && detected.kind === 'pairs') {
    throw new Unprocessable('wrong-kind', `${name} is a table; this collection holds documents.`);
  }
  if (kind === 'word-pairs' && detected.kind === 'documents' && !SIGNLESS.has(detected.format)) {
    throw new Unprocessable('wrong-kind', `${name} is annotated text; this collection holds word pairs.`);
  }
}

const EXPECTED: Readonly<Record<CollectionKind, string>> = {
  documents: 'annotated text in UTF-8',
  'word-pairs': 'a table of word pairs in UTF-8',
};
