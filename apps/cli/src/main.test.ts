import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

function casebook(
  input: string,
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [main, ...args], { input, encoding: 'utf8' });
}

test('a process reads stdin, prints JSON alone to stdout and ends with 0', () => {
  const { status, stdout, stderr } = casebook('a,b\n1,1\n2,2\n1,2\n', 'agreement', '-', '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ units: 3, coders: 2 });
});

test('input that is off ends with 2, and nothing on stdout', () => {
  const { status, stdout, stderr } = casebook('a,b\n1\n', 'agreement', '-', '--json');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toBe('casebook agreement: stdin:2:1: the row has 1 columns; expected 2, as in the header\n');
});

test('a command that is not there ends with 2 and the list of those that are', () => {
  const { status, stderr } = casebook('', 'kappa');
  expect(status).toBe(2);
  expect(stderr).toContain('there is no command “kappa”');
  expect(stderr).toContain('agreement');
  expect(casebook('', '--help')).toMatchObject({ status: 0, stderr: '' });
});
