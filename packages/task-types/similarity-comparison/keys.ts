import type { KeyHelp } from '../task-type-web.ts';
import { blockKeyHelp, capOf, type BlockWords, type Press } from '../web/block/keys.ts';
import type { SimilarityComparisonAnswer, SimilarityComparisonProtocol } from './contract.ts';

export const BLOCK_WORDS: BlockWords = {
  unit: 'comparison',
  answer: 'choice',
  unknown: 'I don’t know one of these words',
};

const CAPS: Readonly<Record<string, 'first' | 'second' | 'same'>> = {
  '1': 'first',
  A: 'first',
  '2': 'second',
  B: 'second',
  '0': 'same',
};
const ARROWS: Readonly<Record<string, 'first' | 'second' | 'same'>> = {
  ArrowLeft: 'first',
  ArrowRight: 'second',
  ArrowDown: 'same',
};

/** The answer that a press gives; null where it gives none. */
export function comparisonOf(
  press: Press,
  { allowSame }: Pick<SimilarityComparisonProtocol, 'allowSame'>,
): SimilarityComparisonAnswer | null {
  const isPlain = !press.ctrlKey && !press.metaKey && !press.altKey && !press.shiftKey;
  const kind = (isPlain ? ARROWS[press.key] : undefined) ?? CAPS[capOf(press) ?? ''];
  return kind === undefined || (kind === 'same' && !allowSame) ? null : { kind };
}

export function similarityComparisonKeys({ allowSame }: SimilarityComparisonProtocol): readonly KeyHelp[] {
  return [
    { keys: '← 1 A', does: 'The first is the more similar' },
    { keys: '→ 2 B', does: 'The second is the more similar' },
    ...(allowSame ? [{ keys: '↓ 0', does: 'Neither: they are the same' }] : []),
    ...blockKeyHelp(BLOCK_WORDS),
  ];
}
