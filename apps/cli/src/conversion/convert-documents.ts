import { join } from 'node:path';
import {
  type ReadDocument,
  type WritableDocument,
  writeBrat,
  writeDocument,
  writeDocuments,
} from '@casebook/corpora';
import { nameOf } from '../tables/read-text.ts';
import { type Terminal, UsageError } from '../usage.ts';
import { type ConvertCall, isSingle, type SingleFormat } from './options.ts';
import type { ConvertReport, LostOfDocument, RemarkOfDocument } from './report.ts';
import { type SourceDocument, sourceDocuments } from './source.ts';

/** Where the pieces of a file go. */
export type Write = (text: string) => Promise<void>;

/** Converts documents, one at a time; `begin` opens the file, or stdout. */
export async function convertDocuments(
  call: ConvertCall,
  terminal: Terminal,
  begin: (path: string) => Promise<Write>,
): Promise<Omit<ConvertReport, 'files'>> {
  const seen = new SeenDocuments(call, sourceDocuments(call, terminal));
  const lost: LostOfDocument[] = [];
  const { to, target } = call;
  if (to === 'csv' || to === 'tsv')
    throw new UsageError(`--to ${to} is for word pairs; expected a format of documents`);
  if (isSingle(to)) {
    for await (const document of seen.documents()) {
      const parts = singleFiles(to, document);
      const base = call.isFolder ? join(target, fileNameOf(document.key, seen)) : bareName(target, to);
      for (const { extension, text } of parts.files) {
        const write = await begin(call.isFolder || to === 'brat' ? base + extension : target);
        await write(text);
      }
      if (parts.lost.length > 0) lost.push({ document: document.key, lost: parts.lost });
    }
  } else {
    const write = await begin(target);
    for await (const event of writeDocuments(to, seen.documents())) {
      if (event.kind === 'text') await write(event.text);
      else lost.push({ document: event.key, lost: event.lost });
    }
  }
  return {
    in: call.source,
    from: seen.format,
    out: target,
    to,
    documents: seen.count,
    lost,
    remarks: seen.remarks,
  };
}

/** What passed by on its way from one format to the other. */
class SeenDocuments {
  format: string;
  count = 0;
  readonly remarks: RemarkOfDocument[] = [];
  readonly names = new Set<string>();
  private readonly call: ConvertCall;
  private readonly source: AsyncIterable<SourceDocument>;

  constructor(call: ConvertCall, source: AsyncIterable<SourceDocument>) {
    this.call = call;
    this.format = call.from ?? '';
    this.source = source;
  }

  async *documents(): AsyncGenerator<ReadDocument> {
    const { to, isFolder, target } = this.call;
    for await (const { format, document } of this.source) {
      this.format = format;
      this.count += 1;
      if (this.count > 1 && isSingle(to) && !isFolder)
        throw new UsageError(
          `${target}: ${to} holds one document and ${nameOf(this.call.source)} has more; expected a folder as OUT`,
        );
      for (const { line, reason } of document.remarks)
        this.remarks.push({ document: document.key, line, reason });
      yield document;
    }
  }
}

interface SingleFiles {
  readonly files: readonly { readonly extension: string; readonly text: string }[];
  readonly lost: readonly string[];
}

const EXTENSIONS = { sacr: '.sacr', 'plain-text': '.txt', markdown: '.md' } as const;

function singleFiles(to: SingleFormat, document: WritableDocument): SingleFiles {
  if (to !== 'brat') {
    const { text, lost } = writeDocument(to, document);
    return { files: [{ extension: EXTENSIONS[to], text }], lost };
  }
  const { text, annotations, lost } = writeBrat(document);
  const answers = document.answers?.length ?? 0;
  return {
    files: [
      { extension: '.txt', text },
      { extension: '.ann', text: annotations },
    ],
    lost: answers === 0 ? lost : [...lost, `answers of coders are left out: ${answers}`],
  };
}

function bareName(target: string, to: SingleFormat): string {
  return to === 'brat' ? target.replace(/\.(?:ann|txt)$/u, '') : target;
}

/** A document's key as a file's name; two documents may not meet in one. */
function fileNameOf(key: string, seen: { readonly names: Set<string> }): string {
  const name = key.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/u, '_');
  if (seen.names.has(name))
    throw new UsageError(`two documents would be ${name}; expected names that differ`);
  seen.names.add(name);
  return name;
}
