import type { GuidelineChange } from '@casebook/contracts';
import { parseGuideline } from '../render.ts';
import { blocksOf, type Block, type Word } from './blocks.ts';
import { edits, type Run } from './edits.ts';

/** Two blocks with less in common (Dice's coefficient of their words) are not the same block, changed. */
const ALIKE = 0.4;
/** Stretches of more blocks than this, multiplied, are not searched for blocks that were changed. */
const MOST_COMPARED = 2_500;

/**
 * What a reader of one version must know to have read another: every block of either, block by block and within
 * changed blocks word by word. Kept and added runs together are the later text, kept and removed ones the earlier.
 */
export function changesBetween(before: string, after: string): GuidelineChange[] {
  const runs = edits(blocksOf(parseGuideline(before)), blocksOf(parseGuideline(after)), sameBlock);
  const changes: GuidelineChange[] = [];
  for (const [index, run] of runs.entries()) {
    const next = runs[index + 1];
    if (run.kind === 'removed' && next?.kind === 'added') changes.push(...replaced(run.things, next.things));
    else if (run.kind !== 'added' || runs[index - 1]?.kind !== 'removed') {
      changes.push(...run.things.map((block) => whole(run.kind, block)));
    }
  }
  return changes;
}

function sameWord(one: Word, other: Word): boolean {
  return one.text.trim() === other.text.trim() && one.styles.join('\n') === other.styles.join('\n');
}

function sameBlock(one: Block, other: Block): boolean {
  return (
    one.kind === other.kind &&
    one.level === other.level &&
    one.words.length === other.words.length &&
    one.words.every((word, index) => {
      const there = other.words[index];
      return there !== undefined && sameWord(word, there);
    })
  );
}

function whole(kind: Run<Block>['kind'], block: Block): GuidelineChange {
  return shown(kind, block, [{ kind, things: block.words }]);
}

function shown(kind: GuidelineChange['kind'], block: Block, runs: readonly Run<Word>[]): GuidelineChange {
  return {
    kind,
    block: { kind: block.kind, level: block.level },
    runs: runs.flatMap((run) => stretches(run)),
  };
}

/** The words of a run, those that are shown alike together. */
function stretches({ kind, things }: Run<Word>): GuidelineChange['runs'] {
  const result: GuidelineChange['runs'] = [];
  for (const { text, styles: full } of things) {
    const styles = full.map((style) => nameOf(style));
    const last = result.at(-1);
    if (last?.styles.join() === styles.join()) last.text += text;
    else result.push({ kind, text, styles });
  }
  return result;
}

function nameOf(style: string): GuidelineChange['runs'][number]['styles'][number] {
  if (style === 'strong' || style === 'em' || style === 'struck' || style === 'code') return style;
  return 'link';
}

/** Blocks that stand where others stood: those much alike are the same block, changed. */
function replaced(removed: readonly Block[], added: readonly Block[]): GuidelineChange[] {
  const changes: GuidelineChange[] = [];
  let from = 0;
  let to = 0;
  const upTo = (end: number, there: number): void => {
    changes.push(...removed.slice(from, end).map((block) => whole('removed', block)));
    changes.push(...added.slice(to, there).map((block) => whole('added', block)));
  };
  for (const [one, other] of pairsOf(removed, added)) {
    upTo(one, other);
    const [old] = removed.slice(one, one + 1);
    const [fresh] = added.slice(other, other + 1);
    if (old !== undefined && fresh !== undefined) {
      changes.push(shown('changed', fresh, edits(old.words, fresh.words, sameWord)));
    }
    from = one + 1;
    to = other + 1;
  }
  upTo(removed.length, added.length);
  return changes;
}

/** Which blocks became which, in order, so that they have as much in common as can be. */
function pairsOf(removed: readonly Block[], added: readonly Block[]): [number, number][] {
  if (removed.length * added.length > MOST_COMPARED) return [];
  // best[i][j]: how much the first i and the first j have in common at most.
  const best: number[][] = [added.map(() => 0).concat(0)];
  const common = removed.map((one) => added.map((other) => likeness(one, other)));
  for (const [i, row] of common.entries()) {
    const line = [0];
    for (const [j, alike] of row.entries()) {
      const paired = alike < ALIKE ? 0 : (best[i]?.[j] ?? 0) + alike;
      line.push(Math.max(best[i]?.[j + 1] ?? 0, line[j] ?? 0, paired));
    }
    best.push(line);
  }
  const pairs: [number, number][] = [];
  let i = removed.length;
  let j = added.length;
  while (i > 0 && j > 0) {
    const here = best[i]?.[j] ?? 0;
    if (here === best[i - 1]?.[j]) i -= 1;
    else if (here === best[i]?.[j - 1]) j -= 1;
    else {
      i -= 1;
      j -= 1;
      pairs.unshift([i, j]);
    }
  }
  return pairs;
}

function likeness(one: Block, other: Block): number {
  if (one.kind !== other.kind) return 0;
  const left = new Map<string, number>();
  for (const { text } of one.words) left.set(text.trim(), (left.get(text.trim()) ?? 0) + 1);
  let shared = 0;
  for (const { text } of other.words) {
    const count = left.get(text.trim()) ?? 0;
    if (count === 0) continue;
    shared += 1;
    left.set(text.trim(), count - 1);
  }
  return (2 * shared) / Math.max(1, one.words.length + other.words.length);
}
