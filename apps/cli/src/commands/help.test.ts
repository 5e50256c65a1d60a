import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { COMMANDS } from '../command-list.ts';

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  'casebook %s --help prints its usage and does nothing else',
  async (name, command) => {
    const stdout = new PassThrough();
    const { run } = await command.load();
    expect(await run(['--help'], { stdin: Readable.from([]), stdout, stderr: new PassThrough() })).toBe(0);
    stdout.end();
    const usage = await text(stdout);
    expect(usage).toMatch(new RegExp(`^casebook ${name}`, 'u'));
    for (const line of usage.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  },
);
