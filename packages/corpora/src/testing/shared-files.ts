import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

/** Whether the folder of public test corpora lies beside the repository; tests that need it are skipped without. */
export const sharedFilesPresent = existsSync(ROOT);

/** The paths of all files under a folder of it, in order; none where it is absent. */
export function sharedFiles(folder: string): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A path as it is named in a test: from the folder of corpora on. */
export function shownPath(path: string): string {
  return path.slice(ROOT.length);
}
