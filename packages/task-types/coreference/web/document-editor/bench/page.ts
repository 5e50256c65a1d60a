import '@casebook/ui/styles.css';
import type { DocumentContent } from '@casebook/contracts';
import { flushSync, mount } from 'svelte';
import type { LogEntry, PassStart } from '../../../document-editor/contract.ts';
import DocumentEditor from '../DocumentEditor.svelte';

declare global {
  interface Window {
    /** Opens the editor over a document that is there already. */
    openEditor: (document: DocumentContent, start: PassStart) => void;
    /** What was done since it was opened. */
    entries: LogEntry[];
  }
}

window.entries = [];
window.openEditor = (content, start) => {
  mount(DocumentEditor, {
    target: document.body,
    props: {
      document: content,
      start,
      onentry: (entry: LogEntry) => {
        window.entries.push(entry);
      },
    },
  });
  flushSync();
};
