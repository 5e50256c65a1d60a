import { type Finding } from '../lint/finding.ts';
import {
  type AlignedForms,
  type CoderFile,
  type JoinedFiles,
  joinFiles,
  matchPairs,
} from '../ratings/join.ts';
import type { RatingTable } from '../ratings/rating-table.ts';

/** Several files put together: one coder each, and lists of pairs with gold that show which forms are one pair. */
export interface CombinedFiles {
  readonly table: RatingTable;
  readonly findings: readonly Finding[];
  readonly joins: readonly JoinedFiles[];
  /** Files taken for lists of pairs and not for coders. */
  readonly lists: readonly string[];
}

interface ScoredFile extends CoderFile {
  readonly gold: boolean;
}

/** A table of one file, which in reports goes by the file's name. */
export interface NamedTable {
  readonly name: string;
  readonly table: RatingTable;
}

/**
 * Joins files by pair, one coder each. Two lists whose gold is the same row for row hold the same pairs in two forms.
 *
 * @throws RangeError where a file has more than one column of scores, or none is a coder's.
 */
export function combinedFiles(read: readonly NamedTable[]): CombinedFiles {
  const files = read.map(scored);
  const { forms, lists } = alignedLists(files);
  const coders = files.filter((file) => !lists.has(file));
  const first = coders[0];
  if (first === undefined)
    throw new RangeError('all files are lists of gold; expected files of single coders too');
  const joins: JoinedFiles[] = [];
  for (const [index, one] of coders.entries())
    for (const other of coders.slice(index + 1)) joins.push(joinFiles(one, other, forms));
  const base = [...lists][0] ?? unionOf(coders, first);
  const matched = coders.map((coder) => new Map(matchPairs(base, coder, forms).pairs));
  return {
    table: {
      pairs: base.pairs,
      gold: lists.has(base) ? base.values : null,
      raters: coders.map(({ name }) => name),
      ratings: base.pairs.map((_, row) =>
        coders.map(({ values }, coder) => {
          const own = matched[coder]?.get(row);
          return own === undefined ? null : (values[own] ?? null);
        }),
      ),
      namesPersons: true,
      events: null,
    },
    findings: joins.flatMap(findingsOf),
    joins,
    lists: [...lists].map(({ name }) => name),
  };
}

/** Without a list of all pairs, those of the first coder and whatever others have beside them. */
function unionOf(coders: readonly ScoredFile[], first: ScoredFile): ScoredFile {
  let union = first;
  for (const coder of coders.slice(1)) {
    const known = new Set(matchPairs(union, coder, []).pairs.map(([, row]) => row));
    const others = coder.pairs.filter((_, row) => !known.has(row));
    union = { ...union, pairs: [...union.pairs, ...others] };
  }
  return union;
}

/** Each file's pairs with its one column of scores. */
function scored({ name, table }: NamedTable): ScoredFile {
  const columns = (table.gold === null ? 0 : 1) + table.raters.length;
  if (columns !== 1) {
    throw new RangeError(
      `${name}:1:1: the file has ${columns} columns of scores; expected one, as several files are one coder each`,
    );
  }
  const scores = table.gold ?? table.ratings.map(([value]) => value ?? null);
  const rows = scores.flatMap((score, row) => (score === null ? [] : [row]));
  return {
    name,
    pairs: rows.flatMap((row) => table.pairs[row] ?? []),
    values: rows.map((row) => scores[row] ?? 0),
    gold: table.gold !== null,
  };
}

const ALIKE = 0.99;

/** Files that agree row by row in score, though not in all words, are one list in two forms. */
function alignedLists(files: readonly ScoredFile[]): { forms: AlignedForms[]; lists: Set<ScoredFile> } {
  const forms: AlignedForms[] = [];
  const lists = new Set<ScoredFile>();
  for (const [index, one] of files.entries()) {
    for (const other of files.slice(index + 1)) {
      if (one.pairs.length !== other.pairs.length || one.pairs.length < 20) continue;
      const same = one.values.filter((value, row) => value === other.values[row]).length;
      const words = one.pairs.filter((pair, row) => sharesWord(pair, other.pairs[row])).length;
      if (same < ALIKE * one.values.length || words < 0.5 * one.values.length) continue;
      lists.add(one).add(other);
      forms.push({ names: [one.name, other.name], first: one.pairs, second: other.pairs });
    }
  }
  // Two coders never agree on everything: where all files are lists, they are taken for coders after all.
  return lists.size === files.length ? { forms: [], lists: new Set() } : { forms, lists };
}

function sharesWord(
  one: { readonly word1: string; readonly word2: string },
  other: { readonly word1: string; readonly word2: string } | undefined,
): boolean {
  return other !== undefined && (one.word1 === other.word1 || one.word2 === other.word2);
}

function findingsOf({ names, byPosition, byPair, unmatched }: JoinedFiles): Finding[] {
  const findings: Finding[] = [];
  const through =
    byPair.throughForms === 0 ? '' : `, ${byPair.throughForms} of them through the lists of forms`;
  if (byPosition !== null && byPosition.samePair < byPosition.rows) {
    findings.push({
      rule: 'positional-join',
      severity: 'error',
      rows: [],
      message: `${names[0]} and ${names[1]} do not hold the same pair on the same row: sorted and correlated row by row they give a Spearman of ${shown(byPosition.spearman)}, but only ${byPosition.samePair.toLocaleString('en')} of ${byPosition.rows.toLocaleString('en')} rows then hold one pair. Joined by pair (${byPair.pairs.toLocaleString('en')} pairs${through}) it is ${shown(byPair.spearman)}; the first figure is an artefact`,
    });
  }
  for (const [index, lines] of unmatched.entries()) {
    if (lines.length === 0) continue;
    findings.push({
      rule: 'unmatched-pairs',
      severity: 'warning',
      rows: lines.slice(0, 100),
      message: `${lines.length === 1 ? '1 pair' : `${lines.length.toLocaleString('en')} pairs`} of ${names[index] ?? ''} ${lines.length === 1 ? 'has' : 'have'} no partner in ${names[1 - index] ?? ''}${
        lines.length > 20
          ? ': are the words in other forms? Give the lists that align them beside the files'
          : ' (a typing error?)'
      }`,
    });
  }
  return findings;
}

function shown(value: number | null): string {
  return value === null ? 'undefined' : value.toFixed(4);
}
