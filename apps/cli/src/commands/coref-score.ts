import { scoreCoreference } from '@casebook/agreement';
import { pairDocuments, readEntities } from '../coreference/documents.ts';
import { corefScoreCall, HELP } from '../coreference/options.ts';
import { jsonReport, textReport } from '../coreference/report.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

/** `casebook coref-score`: the chains of one file against those of another. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const call = corefScoreCall(args);
  if (call === null) {
    terminal.stdout.write(HELP);
    return 0;
  }
  const key = await readEntities(call.key, terminal);
  const response = await readEntities(call.response, terminal);
  const documents = pairDocuments(key, response, (message) => {
    terminal.stderr.write(`${message}\n`);
  });
  try {
    const report = scoreCoreference(documents, call.options);
    terminal.stdout.write(
      call.json
        ? `${JSON.stringify(jsonReport(report, call.perDocument))}\n`
        : textReport(report, call.perDocument),
    );
    return 0;
  } catch (error) {
    // Heads that are missing, parts that are not there: the input's fault.
    if (error instanceof RangeError || error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}
