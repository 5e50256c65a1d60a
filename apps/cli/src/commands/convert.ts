import { convertDocuments, type Write } from '../conversion/convert-documents.ts';
import { convertPairs } from '../conversion/convert-pairs.ts';
import { NewFiles } from '../conversion/new-files.ts';
import { type ConvertCall, convertCall, HELP } from '../conversion/options.ts';
import type { ConvertReport } from '../conversion/report.ts';
import { nameOf } from '../tables/read-text.ts';
import type { ExitCode, Terminal } from '../usage.ts';

/** `casebook convert`: a corpus from one format to another, with a list of what is lost. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const call = convertCall(args);
  if (call === null) {
    terminal.stdout.write(HELP);
    return 0;
  }
  const report = await converted(call, terminal);
  if (call.json) {
    terminal.stdout.write(`${JSON.stringify(report)}\n`);
    return 0;
  }
  for (const { document, line, reason } of report.remarks)
    terminal.stderr.write(`${nameOf(call.source)}:${line}: ${document}: ${reason}\n`);
  for (const { document, lost } of report.lost)
    for (const sentence of lost) terminal.stderr.write(`${document}: lost in ${call.to}: ${sentence}\n`);
  const count =
    report.documents === undefined
      ? counted(report.pairs ?? 0, 'pair')
      : counted(report.documents, 'document');
  if (call.target !== '-')
    terminal.stdout.write(`${count}, ${report.from} → ${report.to}: ${report.files.join(', ')}\n`);
  return 0;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

async function converted(call: ConvertCall, terminal: Terminal): Promise<ConvertReport> {
  const files = new NewFiles();
  const printed: string[] = [];
  // Stdout too gets all or nothing.
  const begin = (path: string): Promise<Write> =>
    path === '-'
      ? Promise.resolve((text: string) => {
          printed.push(text);
          return Promise.resolve();
        })
      : files.begin(path);
  try {
    const arePairs =
      call.from === 'word-pairs' || (call.from === null && (call.to === 'csv' || call.to === 'tsv'));
    const report = arePairs
      ? await convertPairs(call, terminal, begin)
      : await convertDocuments(call, terminal, begin);
    for (const text of printed) terminal.stdout.write(text);
    return { ...report, files: await files.keep() };
  } finally {
    await files.discard();
  }
}
