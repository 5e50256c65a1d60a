#!/usr/bin/env node
/** `casebook`: every command is a file in `commands/`, loaded when it is asked for. */
import { enableCompileCache } from 'node:module';
import { COMMANDS } from './command-list.ts';
import { UsageError } from './usage.ts';

// The next start finds the sources stripped of their types and compiled.
enableCompileCache();

// Whoever reads what is printed may stop early, as head does; the service goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const [name, ...rest] = process.argv.slice(2);

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `casebook: agreement, aggregation, coreference and similarity; the service and its chores\n\n${lines.join('\n')}\n\n  casebook COMMAND --help says more.\n`;
}

const command = COMMANDS.find((candidate) => candidate.name === name);
if (command === undefined) {
  const asked = name === undefined || name === '--help' || name === '-h' || name === 'help';
  (asked ? process.stdout : process.stderr).write(
    asked ? overview() : `casebook: there is no command “${name}”.\n\n${overview()}`,
  );
  process.exitCode = asked ? 0 : 2;
} else {
  try {
    const { run } = await command.load();
    process.exitCode = await run(rest, {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`casebook ${command.name}: ${error.message}\n`);
    process.exitCode = 2;
  }
}
