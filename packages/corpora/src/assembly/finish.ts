import type { ReadEvent } from '../events.ts';
import type { SourceFault } from '../source/fault.ts';
import { SourceFault as Fault, faultOf } from '../source/fault.ts';
import type { DocumentDraft } from './document-draft.ts';

/** A document whose last line was read. */
export interface Finishing {
  file: string;
  key: string;
  name: string;
  draft: DocumentDraft;
  /** Why the document was given up earlier; null where it wasn't. */
  fault: SourceFault | null;
  /** The format's last look at it: throws SourceFault where something is unfinished. */
  close?: () => void;
}

/** The event that a finished document is: itself, or its refusal. */
export function finishedDocument({ file, key, name, draft, fault, close }: Finishing): ReadEvent {
  const late = fault ?? (close === undefined ? null : faultOf(close));
  if (late !== null) return { kind: 'refused', refusal: late.in(file) };
  try {
    const content = draft.content();
    const { remarks, line } = draft;
    return { kind: 'document', document: { key, name, content, line, remarks } };
  } catch (error) {
    if (error instanceof Fault) return { kind: 'refused', refusal: error.in(file) };
    throw error;
  }
}
