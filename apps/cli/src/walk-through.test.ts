import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const BLOCK = /^```(sh|text)\n(.*?)^```$/gmsu;

/** Each command of a page with the lines that the page says it prints, in the order of the page. */
function commandsOf(page: string): { command: string; lines: string[] }[] {
  const commands: { command: string; lines: string[] }[] = [];
  for (const [, kind, text = ''] of page.matchAll(BLOCK)) {
    if (kind === 'sh') commands.push({ command: text.trim(), lines: [] });
    else commands.at(-1)?.lines.push(...text.trimEnd().split('\n'));
  }
  return commands;
}

const page = readFileSync(new URL('docs/checking-a-similarity-dataset.md', ROOT), 'utf8');
const commands = commandsOf(page);

test('the walk-through has commands, and says what each prints', () => {
  expect(commands).toHaveLength(4);
  for (const { lines } of commands) expect(lines.length).toBeGreaterThan(1);
});

test.each(commands)('$command prints what the walk-through says', ({ command, lines }) => {
  const words = command.split(' ');
  expect(words.slice(0, 2)).toEqual(['npx', 'casebook']);
  const printed = execFileSync(process.execPath, ['apps/cli/src/main.ts', ...words.slice(2)], {
    cwd: ROOT,
    encoding: 'utf8',
  }).split('\n');
  for (const line of lines) expect(printed.filter((own) => own.startsWith(line))).not.toEqual([]);
});
