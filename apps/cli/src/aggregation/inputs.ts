import { type Answer, type BestWorst, type Comparison } from '@casebook/agreement';
import { UsageError } from '../usage.ts';
import { readTable } from '../tables/table.ts';

/** Labels of tasks by workers. */
export function* labelRows(text: string, file: string): Generator<Answer> {
  const rows = readTable(text, file, {
    task: { words: ['task', 'unit'] },
    worker: { words: ['worker', 'coder'] },
    label: { words: ['label', 'value'] },
  });
  for (const { cells } of rows) yield { unit: cells.task, coder: cells.worker, label: cells.label };
}

/** Answers about mentions, and the gold labels among them. */
export function mentionRows(
  text: string,
  file: string,
): { answers: Iterable<Answer>; gold: Map<string, string> } {
  const gold = new Map<string, string>();
  function* answers(): Generator<Answer> {
    const rows = readTable(text, file, {
      mention: { words: ['mention_id', 'mention', 'task', 'unit'] },
      annotator: { words: ['annotator_id', 'annotator', 'worker', 'coder'] },
      gold: { words: ['gold'], optional: true },
      annotation: { words: ['annotation', 'label', 'value'] },
    });
    for (const { cells, line } of rows) {
      if (cells.gold !== '') {
        const known = gold.get(cells.mention);
        if (known !== undefined && known !== cells.gold) {
          throw new UsageError(
            `${file}:${line}:1: the gold of ${cells.mention} is ${cells.gold}; expected ${known}, as above`,
          );
        }
        gold.set(cells.mention, cells.gold);
      }
      yield { unit: cells.mention, coder: cells.annotator, label: cells.annotation };
    }
  }
  return { answers: answers(), gold };
}

/** Gold labels of tasks. */
export function goldRows(text: string, file: string): Map<string, string> {
  const rows = readTable(text, file, {
    task: { words: ['task', 'unit', 'mention_id', 'mention'] },
    label: { words: ['label', 'value', 'gold'] },
  });
  const gold = new Map<string, string>();
  for (const { cells, line } of rows) {
    if (gold.has(cells.task))
      throw new UsageError(`${file}:${line}:1: the task ${cells.task} stands here again; expected it once`);
    gold.set(cells.task, cells.label);
  }
  return gold;
}

export function* comparisonRows(text: string, file: string): Generator<Comparison> {
  const rows = readTable(text, file, {
    winner: { words: ['winner'] },
    loser: { words: ['loser'] },
    coder: { words: ['coder', 'worker'], optional: true },
  });
  for (const { cells, line } of rows) {
    if (cells.winner === cells.loser) {
      throw new UsageError(`${file}:${line}:1: ${cells.winner} is compared with itself; expected two items`);
    }
    yield { winner: cells.winner, loser: cells.loser, coder: cells.coder };
  }
}

export function* bestWorstRows(text: string, file: string): Generator<BestWorst> {
  const rows = readTable(text, file, {
    tuple: { words: ['tuple', 'unit', 'task'] },
    coder: { words: ['coder', 'worker'] },
    items: { words: ['items'] },
    best: { words: ['best'] },
    worst: { words: ['worst'] },
  });
  for (const { cells, line } of rows) {
    const items = cells.items.split('|').map((item) => item.trim());
    const fault = whyNoJudgement(items, cells.best, cells.worst);
    if (fault !== null) throw new UsageError(`${file}:${line}:1: ${fault}`);
    yield { items, best: cells.best, worst: cells.worst, coder: cells.coder };
  }
}

function whyNoJudgement(items: readonly string[], best: string, worst: string): string | null {
  if (items.length < 2) return `the tuple holds ${items.length} item; expected two or more, as a|b|c|d`;
  if (new Set(items).size !== items.length) return 'the tuple holds an item twice; expected each once';
  if (!items.includes(best)) return `the best item ${best} is not among ${items.join('|')}`;
  if (!items.includes(worst)) return `the worst item ${worst} is not among ${items.join('|')}`;
  return best === worst ? `${best} is both best and worst; expected two items` : null;
}
