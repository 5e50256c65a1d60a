import type { ItemContent } from '@casebook/contracts';
import { sameSpans } from '../document-editor/spans.ts';
import type { CoreferenceUnit } from '../contract.ts';
import type { CorrectedSpan, CorrectionRule } from './contract.ts';
import { WrittenText } from './written-text.ts';

/**
 * Why a phrase cannot have these borders; null where it can. They must lie in the paragraphs of the phrase as it was
 * shown, differ from it, hold no space at an end, and fall between tokens where the rule wants that.
 */
export function faultOfCorrection(
  span: CorrectedSpan,
  unit: CoreferenceUnit,
  content: ItemContent,
  rule: CorrectionRule,
): string | null {
  if (content.kind !== 'document') return 'its item has no text';
  const text = new WrittenText(content.document);
  const [first, end] = text.boundsOf(unit.ranges);
  const { ranges } = span;
  if (ranges.some((range) => range[0] < first || range[1] > end))
    return `the corrected borders leave the paragraph of the phrase, which is characters ${first} to ${end}`;
  const onTokens = text.keepsTokens(ranges);
  if (!onTokens && ranges.some((range) => text.isBlank(range[0]) || text.isBlank(range[1] - 1)))
    return 'a piece of the corrected phrase begins or ends with a space';
  if (text.joined(ranges).length < ranges.length)
    return 'two pieces of the corrected phrase have nothing between them';
  if (rule === 'tokens' && !onTokens)
    return 'in this task corrected borders fall between tokens, and these fall inside one';
  if (sameSpans(ranges, text.joined(text.ofTokens(unit.ranges))))
    return 'the corrected borders are those that the phrase has already';
  if (text.textOf(ranges) !== span.text)
    return `at the corrected borders the text has “${text.textOf(ranges)}”, not “${span.text}”`;
  return null;
}
