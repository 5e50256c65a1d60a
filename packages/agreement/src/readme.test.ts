import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readmeProgram } from './testing/readme-examples.ts';

test('the examples of the README print what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const { source, expected } = readmeProgram(readme, new URL('./index.ts', import.meta.url).href);
  const folder = mkdtempSync(join(tmpdir(), 'casebook-readme-'));
  try {
    const file = join(folder, 'examples.mts');
    writeFileSync(file, source);
    const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd().split('\n');
    expect(expected.length).toBeGreaterThan(50);
    expect(printed).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
