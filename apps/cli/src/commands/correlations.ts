import { correlationsCall, HELP } from '../correlations/options.ts';
import { correlationsReport } from '../correlations/report.ts';
import { correlationsText } from '../correlations/text.ts';
import { numberColumns } from '../tables/number-columns.ts';
import { nameOf, readText } from '../tables/read-text.ts';
import type { ExitCode, Terminal } from '../usage.ts';

/** `casebook correlations`: models' correlations with gold, and whether they differ. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const call = correlationsCall(args);
  if (call === null) {
    terminal.stdout.write(HELP);
    return 0;
  }
  const text = await readText(call.file, terminal);
  const read = numberColumns(text, nameOf(call.file), [call.gold, ...call.models]);
  const report = correlationsReport(call, read);
  terminal.stdout.write(call.json ? `${JSON.stringify(report)}\n` : correlationsText(report));
  return 0;
}
