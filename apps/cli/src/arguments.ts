import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './usage.ts';

/** Reads a command's words; one that is not among its options is refused. */
export function parsedWords<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: withNegativeNumbers(args), allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `--tolerance -1` as one word: Node takes a lone `-1` for an option. */
function withNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of args) {
    const last = joined.at(-1);
    if (last !== undefined && /^--[a-z]+$/u.test(last) && /^-\d/u.test(word))
      joined.splice(-1, 1, `${last}=${word}`);
    else joined.push(word);
  }
  return joined;
}

/** The one file that a command wants; `what` says what it holds. */
export function oneFile(positionals: readonly string[], what: string, help: string): string {
  const [file, ...others] = positionals;
  if (file === undefined)
    throw new UsageError(`there is no FILE; expected ${what} or - for stdin\n\n${help}`);
  if (others.length > 0) throw new UsageError(`there is a second file, ${others.join(' ')}; expected one`);
  return file;
}

export function oneOf<Choice extends string>(
  option: string,
  given: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === given);
  if (found === undefined) throw new UsageError(`${option} is ${given}; expected ${choices.join(' or ')}`);
  return found;
}

export function numberOf(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${option} is ${given}; expected a number`);
  return value;
}

export function wholeFrom(least: number, option: string, given: string | undefined): number | undefined {
  const value = numberOf(option, given);
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`${option} is ${given ?? ''}; expected a whole number from ${least}`);
  }
  return value;
}
