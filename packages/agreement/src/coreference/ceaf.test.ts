import { expect, test } from 'vitest';
import { scoreCoreference } from './score-documents.ts';
import { entities } from './testing/braces.ts';

// Luo 2005, table 1: truth {12345} {67} {89abc} and four responses; φ₃ and φ₄ F1 as printed there.
test.each([
  ['(a)', '{12345} {6789abc}', 0.833, 0.733],
  ['(b)', '{1234589abc} {67}', 0.583, 0.667],
  ['(c)', '{123456789abc}', 0.417, 0.294],
  ['(d)', '{1} {2} {3} {4} {5} {6} {7} {8} {9} {a} {b} {c}', 0.25, 0.178],
])('response %s of the paper', (_, response, byMentions, byEntities) => {
  const report = scoreCoreference([{ key: entities('{12345} {67} {89abc}'), response: entities(response) }]);
  expect(report.ceafm?.f1).toBeCloseTo(byMentions, 3);
  expect(report.ceafe?.f1).toBeCloseTo(byEntities, 3);
});

test('CEAF by mentions divides by mentions and stays within 1', () => {
  const { ceafm } = scoreCoreference([{ key: entities('{abc} {de}'), response: entities('{abc} {de}') }]);
  expect(ceafm).toMatchObject({ recall: 1, precision: 1, f1: 1 });
});
