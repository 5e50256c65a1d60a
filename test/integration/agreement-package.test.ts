import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readmeProgram } from '../../packages/agreement/src/testing/readme-examples.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the packed statistics package, installed in an empty folder', () => {
  let folder = '';
  let readme = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'casebook-pack-'));
    // Packed in a copy: packing rewrites the manifest for a moment, and others may be reading ours.
    const copy = join(folder, 'repository', 'packages', 'agreement');
    mkdirSync(copy, { recursive: true });
    cpSync(join(ROOT, 'packages/agreement'), copy, { recursive: true });
    cpSync(join(ROOT, 'tsconfig.json'), join(folder, 'repository', 'tsconfig.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'repository', 'node_modules'));
    const environment = {
      ...process.env,
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    };
    execFileSync('npm', ['pack', '--pack-destination', folder], {
      cwd: copy,
      env: environment,
      stdio: 'pipe',
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    if (tarball === undefined) throw new Error('npm pack left no tarball');
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    writeFileSync(join(empty, 'package.json'), '{ "type": "module" }\n');
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball)], {
      cwd: empty,
      stdio: 'pipe',
    });
    readme = readFileSync(join(empty, 'node_modules/@casebook/agreement/README.md'), 'utf8');
  }, 240_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('holds JavaScript and types, and neither sources nor tests', () => {
    const installed = join(folder, 'empty', 'node_modules', '@casebook', 'agreement');
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('dist', 'index.js'));
    expect(files).toContain(join('dist', 'index.d.ts'));
    expect(files.filter((name) => name.includes('.test.') || name.startsWith('src'))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(manifest['dependencies']).toBeUndefined();
  });

  test("runs the README's examples", () => {
    const { source, expected } = readmeProgram(readme, '@casebook/agreement');
    const file = join(folder, 'empty', 'examples.mts');
    writeFileSync(file, source);
    const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd().split('\n');
    expect(printed).toEqual(expected);
  });

  test('its types check the examples under strict settings', () => {
    const { source } = readmeProgram(readme, '@casebook/agreement');
    const empty = join(folder, 'empty');
    writeFileSync(join(empty, 'examples.mts'), source);
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const settings = '--noEmit --strict --module NodeNext --target ES2024 --lib ES2024,DOM --types node';
    symlinkSync(join(ROOT, 'node_modules/@types'), join(empty, 'node_modules/@types'));
    execFileSync(process.execPath, [compiler, ...settings.split(' '), 'examples.mts'], {
      cwd: empty,
      stdio: 'pipe',
    });
  }, 120_000);
});
