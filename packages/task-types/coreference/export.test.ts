import { itemIdSchema, unitIdSchema } from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { numberedId } from '../testing/arbitrary-items.ts';
import { codingsOf } from '../testing/codings.ts';
import type { CoreferenceAnswer, PhraseAnswer } from './contract.ts';
import { conll2012 } from './export.ts';
import { coreferenceReadings } from './readings.ts';

const fresh: CoreferenceAnswer = { kind: 'new' };
const nobody: CoreferenceAnswer = { kind: 'non-referring' };
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });
const property = (of: string): CoreferenceAnswer => ({ kind: 'property', of: [of] });

const words = [
  'Holmes',
  'nodded',
  'Watson',
  'laughed',
  'They',
  'left',
  'It',
  'rained',
  'Both',
  'ran',
  'a',
  'sleuth',
];
const places = [0, 2, 4, 6, 8, 11];

const document: DocumentContent = {
  tokens: words.map((text) => ({ text })),
  sentences: [[0, words.length]],
  paragraphs: [[0, words.length]],
  mentions: places.map((at, index) => ({ id: `m${index + 1}`, ranges: [[at, at + 1]] })),
  chains: [{ id: 'source', mentions: ['m1', 'm2'] }],
};

/** The chain column of each word, for one row of answers a coder. */
async function column(
  answers: readonly (readonly (CoreferenceAnswer | null)[])[],
  decided: Readonly<Record<number, PhraseAnswer>> = {},
): Promise<Record<string, string>> {
  const unitAt = (place: number): { ranges: [number, number][]; text: string } => {
    const at = places[place] ?? 0;
    return { ranges: [[at, at + 1]], text: words[at] ?? '' };
  };
  const keyAt = (place: number): string => `m${place + 1}`;
  const readings = new Map(
    coreferenceReadings(codingsOf({ answers, unitAt, keyAt, itemAt: () => 0 })).map((unit) => [
      unit.unitId,
      unit,
    ]),
  );
  const units = places.map((_, place) => {
    const unitId = unitIdSchema.parse(numberedId(1000 + place));
    const kept = decided[place];
    return {
      unitId,
      key: keyAt(place),
      unit: unitAt(place),
      readings: readings.get(unitId)?.readings ?? [],
      decided: kept !== undefined,
      ...(kept === undefined ? {} : { kept: [kept] }),
    };
  });
  const item = {
    id: itemIdSchema.parse(numberedId(1)),
    name: 'A walk',
    content: { kind: 'document' as const, document },
  };
  async function* only(): AsyncGenerator<{ item: typeof item; units: typeof units }> {
    yield { item, units };
  }
  let text = '';
  for await (const piece of conll2012.write(only(), new Map())) text += piece;
  expect(text).toMatch(/^#begin document \(A_walk\); part 000\n/u);
  const rows = text.split('\n').filter((line) => line.startsWith('A_walk'));
  const cells = new Map<string, string>();
  for (const row of rows.map((line) => line.split('\t'))) {
    const chains = row.at(-1) ?? '-';
    if (chains !== '-') cells.set(row[3] ?? '', chains);
  }
  return Object.fromEntries(cells);
}

describe('the majority reading as CoNLL-2012', () => {
  it('holds the chains that most coders see, not the document’s own', async () => {
    expect(
      await column([
        [fresh, fresh, old('m1', 'm2'), nobody, old('m3'), property('m1')],
        [fresh, fresh, old('m1', 'm2'), nobody, old('m1', 'm2'), property('m1')],
        [fresh, old('m1'), old('m1'), fresh, fresh, fresh],
      ]),
    ).toEqual({ Holmes: '(0)', Watson: '(1)', They: '(2)', Both: '(2)' });
  });

  it('leaves out what nobody judged, unless it was pointed at', async () => {
    expect(await column([[null, null, old('m1'), null, null, null]])).toEqual({ Holmes: '(0)', They: '(0)' });
  });

  it('gives a phrase the borders that the bench adopted, and no others', async () => {
    const answers = [[fresh, fresh, null, null, null, fresh]];
    const adopted = { ...fresh, span: { ranges: [[58, 66] as [number, number]], text: 'a sleuth' } };
    expect(await column(answers, { 5: adopted })).toEqual({
      Holmes: '(0)',
      Watson: '(1)',
      a: '(2',
      sleuth: '2)',
    });
    expect(await column(answers, { 5: fresh })).toMatchObject({ sleuth: '(2)' });
  });

  it('is a document without mentions where nothing was judged', async () => {
    expect(await column([])).toEqual({});
  });
});
