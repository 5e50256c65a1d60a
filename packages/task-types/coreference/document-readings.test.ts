import { itemIdSchema, unitIdSchema } from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import { readDocuments } from '@casebook/corpora';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedId } from '../testing/arbitrary-items.ts';
import { coderAt } from '../testing/codings.ts';
import type { DocumentUnit } from './contract.ts';
import { after, historyFrom } from './document-editor/history.ts';
import type { LogEntry } from './document-editor/contract.ts';
import { EMPTY } from './document-editor/annotation.ts';
import { chainsOf } from './document-editor/partition.ts';
import { anyEntries, TEXT } from './document-editor/testing/arbitrary-operations.ts';
import { documentReadings, phraseCodings, type PassCoding } from './document-readings.ts';
import { conll2012 } from './export.ts';
import { coreferenceServer } from './server.ts';

const length = TEXT.tokens.length;
const unit: DocumentUnit = {
  kind: 'document',
  name: 'Text',
  tokens: length,
  start: { kind: 'text' },
  mentions: [],
  chains: [],
};
const document: DocumentContent = {
  ...TEXT,
  sentences: [[0, length]],
  paragraphs: [[0, length]],
  mentions: [],
  chains: [],
};
const unitId = unitIdSchema.parse(numberedId(1));
const itemId = itemIdSchema.parse(numberedId(2));

function pass(coder: number, entries: LogEntry[]): PassCoding {
  const answer = { kind: 'document' as const, start: unit.start, entries };
  return { unitId, itemId, key: 'the whole document', unit, coder: coderAt(coder), answer };
}

const make = (mention: string, start: number, end: number): LogEntry => ({
  kind: 'make-mention',
  mention,
  ranges: [[start, end]],
});
const open = (entity: string, ...mentions: string[]): LogEntry => ({
  kind: 'open-entity',
  entity,
  mentions,
  antecedents: [],
});

/** The chains of an export, as its words say them: first and last token of every mention. */
async function exported(
  passes: readonly PassCoding[],
  kept?: readonly PassCoding['answer'][],
): Promise<string[][]> {
  async function* items() {
    const { readings } = documentReadings(passes)[0] ?? { readings: [] };
    const item = { id: itemId, name: 'Text', content: { kind: 'document' as const, document } };
    const decided = kept?.map((answer, place) => ({ key: String(place), answer, coders: [] }));
    const of = { readings: decided ?? readings, decided: decided !== undefined };
    yield { item, units: [{ unitId, key: 'the whole document', unit, ...of }] };
  }
  let text = '';
  for await (const part of conll2012.write(items(), new Map())) text += part;
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  for await (const event of readDocuments(bytes(), { fileName: 'text.conll' })) {
    if (event.kind !== 'document') continue;
    const { mentions, chains } = event.document.content;
    const spans = new Map(mentions.map(({ id, ranges }) => [id, ranges.join()]));
    return chains.map((chain) => chain.mentions.map((id) => spans.get(id) ?? '').sort()).sort();
  }
  return [];
}

function noneCross(ranges: readonly (readonly [number, number])[]): boolean {
  return ranges.every(([start, end]) =>
    ranges.every(([other, otherEnd]) => !(start < other && other < end && end < otherEnd)),
  );
}

describe('passes over a document', () => {
  const pair = [make('a', 0, 3), make('b', 7, 8), open('A', 'a', 'b')];
  const renamed = [
    make('y', 7, 8),
    make('x', 0, 3),
    open('B', 'y'),
    { kind: 'link' as const, mention: 'x', entity: 'B' },
  ];
  const apart = [make('a', 0, 3), make('b', 7, 8), open('A', 'a'), open('B', 'b')];

  it('are one reading where they say the same, whatever the names and the order of work', () => {
    const [readings] = documentReadings([pass(1, renamed), pass(0, pair)]);
    expect(readings).toMatchObject({ disagreement: 0, readings: [{ coders: [coderAt(0), coderAt(1)] }] });
  });

  it('are chosen by an adjudicator as what one of their coders did', () => {
    const one = pass(1, [make('a', 0, 1), make('b', 1, 2), open('e', 'a', 'b')]);
    const same = pass(2, [make('x', 1, 2), make('y', 0, 1), open('f', 'x', 'y')]);
    const other = pass(3, [make('a', 0, 1)]);
    const kept = (answer: PassCoding['answer']) =>
      coreferenceServer
        .readings([one, same, other], { kept: new Map([['the whole document', [answer]]]) })[0]
        ?.kept?.map(
          (key) =>
            documentReadings([one, same, other])[0]?.readings.find((of) => of.key === key)?.coders ?? null,
        );
    expect(kept(same.answer)).toEqual([[coderAt(1), coderAt(2)]]);
    expect(kept(pass(4, []).answer)).toEqual([null]);
  });

  it('differ by the share of phrases that are read differently or marked by one only', () => {
    expect(documentReadings([pass(0, pair), pass(1, apart)])[0]?.disagreement).toBe(0.5);
    const more = [...pair, make('c', 4, 6), open('C', 'c')];
    expect(documentReadings([pass(0, pair), pass(1, more)])[0]?.disagreement).toBeCloseTo(1 / 3, 12);
    expect(documentReadings([pass(0, pair)])[0]?.disagreement).toBeNull();
    expect(documentReadings([pass(0, []), pass(1, [])])[0]?.disagreement).toBe(0);
  });

  it('are exported with the phrases that at least half of the coders marked', async () => {
    const more = [...pair, make('c', 4, 6), open('C', 'c')];
    expect(await exported([pass(0, pair), pass(1, more)])).toEqual([['0,3', '7,8'], ['4,6']]);
    expect(await exported([pass(0, pair), pass(1, more), pass(2, renamed)])).toEqual([['0,3', '7,8']]);
  });

  it('are exported as the pass that was decided for, also where nobody made it', async () => {
    const passes = [pass(0, apart), pass(1, apart)];
    const own = pass(2, [make('x', 0, 3), make('y', 7, 8), open('e', 'x', 'y')]).answer;
    const one = pass(2, [make('x', 0, 3), open('e', 'x')]).answer;
    expect(await exported(passes, [own])).toEqual(await exported([pass(2, own.entries)]));
    expect(await exported(passes, [own])).toHaveLength(1);
    // Of several that were kept the heaviest, which is the first.
    expect(await exported(passes, [one, own])).toEqual(await exported([pass(2, one.entries)]));
  });

  it('of one coder are exported as the chains of the annotation itself', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries, async (entries) => {
        let history = historyFrom(EMPTY);
        const log: LogEntry[] = [];
        for (const entry of entries) {
          const outcome = after(TEXT, history, entry);
          if (!outcome.ok) continue;
          history = outcome.done;
          log.push(entry);
        }
        const { mentions } = history.annotation;
        const isWhole = [...mentions.values()].every(({ ranges }) => ranges.length === 1);
        // The format writes a discontinuous phrase from its first word to its last, and can't tell apart which of two
        // crossing phrases of one chain ends where.
        fc.pre(isWhole);
        fc.pre(
          chainsOf(history.annotation).every((chain) =>
            noneCross(chain.mentions.map((id) => mentions.get(id)?.ranges[0] ?? [0, 0])),
          ),
        );
        const wanted = chainsOf(history.annotation).map((chain) =>
          chain.mentions.map((id) => (mentions.get(id)?.ranges ?? []).join()).sort(),
        );
        expect(await exported([pass(0, log)])).toEqual(wanted.sort());
        const phrases = phraseCodings([pass(0, log)]);
        const views = coreferenceServer.agreement([pass(0, log)], { seed: 1, resamples: 5 });
        expect(views[0]).toMatchObject({ units: phrases.length, ratings: phrases.length });
      }),
      { numRuns: 100 },
    );
  });
});
