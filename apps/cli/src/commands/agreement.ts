import type { IntervalOptions } from '@casebook/agreement';
import { type AgreementCall, agreementCall, HELP } from '../agreement/options.ts';
import { agreementReport } from '../agreement/report.ts';
import { readStudy } from '../agreement/scheme.ts';
import { agreementText, unitizingText } from '../agreement/text.ts';
import { unitizingReport } from '../agreement/unitizing.ts';
import { Progress } from '../progress.ts';
import { readRatings } from '../ratings/read-ratings.ts';
import { nameOf, readText } from '../tables/read-text.ts';
import type { ExitCode, Terminal } from '../usage.ts';

/** `casebook agreement`: how well coders agree, by any number of measures. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const call = agreementCall(args);
  if (call === null) {
    terminal.stdout.write(HELP);
    return 0;
  }
  const isUnitizing = call.measures?.length === 1 && call.measures[0] === 'alpha-u';
  const written = isUnitizing ? await unitizing(call, terminal) : await ratings(call, terminal);
  terminal.stdout.write(written);
  return 0;
}

async function unitizing(call: AgreementCall, terminal: Terminal): Promise<string> {
  const { file } = call.ratings;
  const report = unitizingReport(await readText(file, terminal), nameOf(file), call.continuum, call.seed);
  return call.json ? `${JSON.stringify(report)}\n` : unitizingText(report);
}

async function ratings(call: AgreementCall, terminal: Terminal): Promise<string> {
  const { table } = await readRatings(call.ratings, terminal);
  const read = await readStudy(table, call, terminal);
  for (const remark of read.remarks) terminal.stderr.write(`${nameOf(call.ratings.file)}: ${remark}\n`);
  const progress = new Progress(terminal, 'interval', 'the resamples');
  const { confidence, seed } = call;
  const settings = { scheme: read.scheme, interval: intervalOf(call, progress), confidence, seed };
  const report = agreementReport(read, call.measures, settings, call.diagnostics);
  progress.end();
  return call.json ? `${JSON.stringify(report)}\n` : agreementText(report);
}

function intervalOf(call: AgreementCall, progress: Progress): IntervalOptions {
  const { interval, resamples, divisor, over } = call;
  return {
    level: call.confidence,
    seed: call.seed,
    onProgress: progress.report,
    ...(interval === null ? {} : { method: interval }),
    ...(resamples === null ? {} : { resamples }),
    ...(divisor === null ? {} : { divisor }),
    ...(over === null ? {} : { over }),
  };
}
