import { HELP, type PlanCall, planCall } from '../planning/options.ts';
import type { PlanReport } from '../planning/plans.ts';
import { planText } from '../planning/text.ts';
import { Progress } from '../progress.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

/** `casebook plan`: how large a study has to be. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const call = planCall(args);
  if (call === null) {
    terminal.stdout.write(HELP);
    return 0;
  }
  const report = await reported(call, new Progress(terminal, 'simulation', 'the studies'));
  terminal.stdout.write(call.json ? `${JSON.stringify(report)}\n` : planText(report));
  return 0;
}

async function reported(call: PlanCall, progress: Progress): Promise<PlanReport> {
  // Help and refusals need no statistics.
  const { planned } = await import('../planning/plans.ts');
  try {
    return planned(call, progress.report);
  } catch (error) {
    // What can't be planned is the call's fault: shares of which only one category would be seen.
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  } finally {
    progress.end();
  }
}
