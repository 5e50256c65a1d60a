import { isDatabaseBusy } from '../database/busy.ts';
import { DatabaseStartError } from '../database/embedded.ts';
import { MigrationError } from '../database/migrate.ts';
import { EnvironmentError } from '../env.ts';
import { PortTaken } from '../server.ts';

/** One sentence for the person at the terminal, for everything that they can mend; undefined for faults of ours. */
export function sentenceFor(error: unknown): string | undefined {
  if (
    error instanceof EnvironmentError ||
    error instanceof DatabaseStartError ||
    error instanceof MigrationError ||
    error instanceof PortTaken
  ) {
    return error.message;
  }
  if (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^E[A-Z]+$|^28|^3D/u.test(error.code)
  ) {
    return `The database at DATABASE_URL can’t be reached: ${error.message || error.code}.`;
  }
  return isDatabaseBusy(error) ? 'The database at DATABASE_URL can’t be reached.' : undefined;
}
