import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GENERATOR = fileURLToPath(new URL('../../../shared/bench/generate.py', import.meta.url));

/** Gives the work the folder of input files: the one named, or one that the shared generator fills for it. */
export function withBenchFiles([given]: readonly string[], work: (folder: string) => void): void {
  if (given !== undefined) {
    work(given);
    return;
  }
  if (!existsSync(GENERATOR)) {
    process.stdout.write('The shared generator of input files is absent: nothing was run.\n');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'casebook-bench-'));
  try {
    spawnSync('python3', [GENERATOR, folder], { stdio: 'ignore' });
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
