import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { phraseRuleSchema } from '@casebook/contracts';
import type { DocumentContent, Token } from '@casebook/contracts';
import { readDocuments } from '@casebook/corpora';
import { CHUNKER, proposePhrases } from '@casebook/corpora/phrases';

const FOLDER = fileURLToPath(new URL('../../../shared/data/coref/', import.meta.url));

interface Corpus {
  readonly name: string;
  readonly folder: string;
  readonly ending: string;
  /** Whether the file's own parts of speech are left out, so that the tagger gives them. */
  readonly untagged: boolean;
}

const CORPORA: readonly Corpus[] = [
  { name: 'LitBank, eight novels', folder: 'litbank/conll', ending: '.conll', untagged: false },
  { name: 'GUM, eight texts, tagged by the library', folder: 'gum', ending: '.conllu', untagged: true },
  { name: 'GUM, with its own parts of speech', folder: 'gum', ending: '.conllu', untagged: false },
];

interface Tally {
  tokens: number;
  gold: number;
  proposed: number;
  exact: number;
  /** Gold mentions that some proposal begins with, without going beyond them. */
  begun: number;
  milliseconds: number;
  readonly rules: Map<string, { proposed: number; exact: number }>;
}

function withoutParts({ partOfSpeech: _left, ...token }: Token): Token {
  return token;
}

function add(tally: Tally, content: DocumentContent, untagged: boolean): void {
  const { sentences } = content;
  const tokens = untagged ? content.tokens.map(withoutParts) : content.tokens;
  const began = performance.now();
  const proposed = proposePhrases({ tokens, sentences });
  tally.milliseconds += performance.now() - began;
  const gold = new Map(
    content.mentions.flatMap(({ ranges: [range, ...others] }) =>
      range === undefined || others.length > 0 || tokens[range[0]]?.empty === true
        ? []
        : [[range.join(), range]],
    ),
  );
  const shortest = new Map<number, number>();
  for (const { range, rule } of proposed) {
    const exact = gold.has(range.join()) ? 1 : 0;
    const of = tally.rules.get(rule) ?? { proposed: 0, exact: 0 };
    tally.rules.set(rule, { proposed: of.proposed + 1, exact: of.exact + exact });
    tally.exact += exact;
    shortest.set(range[0], Math.min(range[1], shortest.get(range[0]) ?? Infinity));
  }
  tally.tokens += tokens.length;
  tally.gold += gold.size;
  tally.proposed += proposed.length;
  for (const [start, end] of gold.values()) if ((shortest.get(start) ?? Infinity) <= end) tally.begun += 1;
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));

/** Prints how many gold mentions the proposer of phrases finds, and how many of its proposals are gold mentions. */
export async function run(): Promise<void> {
  process.stdout.write(`Phrases proposed by ${CHUNKER}\n`);
  for (const { name, folder, ending, untagged } of CORPORA) {
    const path = join(FOLDER, folder);
    if (!existsSync(path)) {
      process.stdout.write(`\n${name}: not here (${path})\n`);
      continue;
    }
    const tally: Tally = {
      tokens: 0,
      gold: 0,
      proposed: 0,
      exact: 0,
      begun: 0,
      milliseconds: 0,
      rules: new Map(),
    };
    for (const file of readdirSync(path)
      .filter((each) => each.endsWith(ending))
      .sort()) {
      const events = readDocuments(createReadStream(join(path, file)), { fileName: file });
      for await (const event of events)
        if (event.kind === 'document') add(tally, event.document.content, untagged);
    }
    const { gold, proposed, exact, begun, tokens, milliseconds } = tally;
    process.stdout.write(
      `\n${name}: ${String(tokens)} tokens, ${String(gold)} gold mentions, ${String(proposed)} proposed, ${String(Math.round(milliseconds))} ms\n` +
        `  found exactly ${share(exact, gold)}; begun and not overrun ${share(begun, gold)}; of the proposals gold ${share(exact, proposed)}\n`,
    );
    for (const rule of phraseRuleSchema.options) {
      const of = tally.rules.get(rule) ?? { proposed: 0, exact: 0 };
      process.stdout.write(
        `    ${rule.padEnd(18)} ${String(of.proposed).padStart(5)} proposed, of them gold ${share(of.exact, of.proposed)}\n`,
      );
    }
  }
  process.stdout.write(
    '\nLitBank marks people, places and vehicles only, leaves the possessor’s ’s out and joins nothing by “and”: proposals of the rest count as wrong there.\n',
  );
}
