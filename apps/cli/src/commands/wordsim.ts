import { type ExitCode, type Terminal, UsageError } from '../usage.ts';
import { compareReport, compareText } from '../wordsim/compare.ts';
import { mrdReport, mrdText } from '../wordsim/mrd.ts';
import { HELP, type WordsimCall, wordsimCall } from '../wordsim/options.ts';
import { reportText } from '../wordsim/report-text.ts';
import { wordsimReport } from '../wordsim/report.ts';
import { sanityText } from '../wordsim/sanity-text.ts';
import { wordsimSanity } from '../wordsim/sanity.ts';

/** `casebook wordsim`: what a similarity dataset is worth, and models against it. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const call = wordsimCall(args);
  if (call === null) {
    terminal.stdout.write(HELP);
    return 0;
  }
  try {
    const { json, text } = await answered(call, terminal);
    terminal.stdout.write(call.json ? `${JSON.stringify(json)}\n` : text());
    return 0;
  } catch (error) {
    // What the statistics refuse is the input's fault.
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

async function answered(
  call: WordsimCall,
  terminal: Terminal,
): Promise<{ json: unknown; text: () => string }> {
  switch (call.kind) {
    case 'report': {
      const report = await wordsimReport(call, terminal);
      return { json: report, text: () => reportText(report) };
    }
    case 'sanity': {
      const report = await wordsimSanity(call, terminal);
      return { json: report, text: () => sanityText(report) };
    }
    case 'compare': {
      const report = await compareReport(call, terminal);
      return { json: report, text: () => compareText(report) };
    }
    case 'mrd': {
      const report = mrdReport(call);
      return { json: report, text: () => mrdText(report) };
    }
  }
}
