/** The examples of the README as one program, and the lines that it should print. */
export interface ReadmeProgram {
  readonly source: string;
  readonly expected: readonly string[];
}

const PRINTED = '// → ';

/**
 * Puts the blocks of TypeScript of a README into one program: imports first, every block in a scope of its own. A line
 * that follows a printing statement and begins with `// → ` is what that statement prints.
 *
 * @param specifier what stands in place of the package's name in imports
 */
export function readmeProgram(markdown: string, specifier: string): ReadmeProgram {
  const imports = new Set<string>();
  const bodies: string[] = [];
  const expected: string[] = [];
  for (const [, block = ''] of markdown.matchAll(/```ts\n([\s\S]*?)```/g)) {
    const body = block.replace(/import \{([^}]*)\} from '@casebook\/agreement';\n/g, (_, names: string) => {
      for (const name of names.split(',')) if (name.trim() !== '') imports.add(name.trim());
      return '';
    });
    for (const line of body.split('\n')) {
      const at = line.indexOf(PRINTED);
      if (at >= 0) expected.push(line.slice(at + PRINTED.length));
    }
    bodies.push(`{\n${body}}\n`);
  }
  return {
    source: `import { ${[...imports].join(', ')} } from '${specifier}';\n${bodies.join('')}`,
    expected,
  };
}
