import { readDocuments, readWordPairs } from '@casebook/corpora';
import {
  agreementViewSchema,
  comparisonSchema,
  itemIdSchema,
  memberIdSchema,
  unitIdSchema,
} from '@casebook/contracts';
import type { CollectionKind } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskTypeContracts } from './contract-registry.ts';
import { PlanRefusal, taskTypeServers } from './server-registry.ts';
import type {
  CodedUnit,
  PlannedItem,
  PlanRequest,
  SectionPlan,
  TaskTypeServer,
  UnitExport,
  UnitPlan,
} from './task-type-server.ts';
import { arbitraryItems, numberedId } from './testing/arbitrary-items.ts';

/** What every task type promises the rest of the product; a new type is held to it by being registered. */

type Type = TaskTypeServer<unknown, unknown, unknown>;
type Coding = CodedUnit<unknown, unknown>;
type Exported = UnitExport<unknown, unknown>;

const RUNS = { numRuns: 60 };
const coders = [1, 2, 3, 4].map((number) => memberIdSchema.parse(numberedId(900 + number)));
const request = { seed: 4, resamples: 20 };

async function* each<Thing>(things: Iterable<Thing>): AsyncGenerator<Thing> {
  yield* things;
}

async function all<Thing>(things: AsyncIterable<Thing>): Promise<Thing[]> {
  const list: Thing[] = [];
  for await (const thing of things) list.push(thing);
  return list;
}

function planned(
  type: Type,
  items: readonly PlannedItem[],
  how: Partial<PlanRequest<unknown>> = {},
): Promise<SectionPlan<unknown>[]> {
  const { exampleProtocol: protocol } = type.contract;
  return all(type.plan(each(items), { protocol, order: 'reading', seed: 1, ...how }));
}

async function unitsOf(type: Type, items: readonly PlannedItem[]): Promise<UnitPlan<unknown>[]> {
  return (await planned(type, items)).flatMap(({ units }) => units);
}

/** What a plan over single items must ask about, told by the collection alone. */
function askedAbout(items: readonly PlannedItem[]): string[] {
  return items.flatMap(({ id, content }) =>
    content.kind === 'document'
      ? content.document.mentions.map((mention) => `${id} ${mention.id}`)
      : [`${id} pair`],
  );
}

/** Answers that a coder could give to a unit: those of gold and of the examples that point only at what came before. */
function answersFor(type: Type, item: PlannedItem, earlier: ReadonlySet<string>): unknown[] {
  const { examples, exampleProtocol } = type.contract;
  const ofProtocol = examples.filter(({ answer }) => type.misfit(answer, exampleProtocol) === null);
  const candidates = [...type.gold(item).values(), ...ofProtocol.map(({ answer }) => answer)];
  return candidates.filter((answer) => type.pointsAt(answer).every((key) => earlier.has(key)));
}

/** The units of each item, in the order in which they were planned. */
async function unitsByItem(
  type: Type,
  items: readonly PlannedItem[],
): Promise<{ readonly item: PlannedItem; readonly units: readonly UnitPlan<unknown>[] }[]> {
  const units = Map.groupBy(await unitsOf(type, items), ({ itemId }) => itemId);
  return items.map((item) => ({ item, units: units.get(item.id) ?? [] }));
}

/** What four coders said of some items: `choices`, over and over, picks the answers; one in eight is missing. */
async function judged(
  type: Type,
  items: readonly PlannedItem[],
  choices: readonly number[],
): Promise<Coding[]> {
  const codings: Coding[] = [];
  let turn = 0;
  for (const [place, { item, units }] of (await unitsByItem(type, items)).entries()) {
    const earlier = new Set<string>();
    for (const [index, { itemId, key, content: unit }] of units.entries()) {
      const answers = answersFor(type, item, earlier);
      const unitId = unitIdSchema.parse(numberedId(place * 1000 + index));
      for (const coder of coders) {
        const choice = choices[turn % choices.length] ?? 0;
        turn += 1;
        if (choice % 8 === 0) continue;
        codings.push({ unitId, itemId, key, unit, coder, answer: answers[choice % answers.length] });
      }
      earlier.add(key);
    }
  }
  return codings;
}

function byItem(codings: readonly Coding[]): Coding[][] {
  return [...Map.groupBy(codings, ({ itemId }) => itemId).values()];
}

async function readBack(
  text: string,
  extension: string,
  kind: CollectionKind,
): Promise<{ read: number; refused: unknown[] }> {
  const source = each([new TextEncoder().encode(text)]);
  const options = { fileName: `export.${extension}` };
  const events = await all<{ kind: string }>(
    kind === 'documents' ? readDocuments(source, options) : readWordPairs(source, options),
  );
  return {
    read: events.filter((event) => event.kind === 'document' || event.kind === 'pair').length,
    refused: events.filter((event) => event.kind === 'refused'),
  };
}

it('every task type has a contract and a server side, under one name', () => {
  expect([...taskTypeServers.keys()]).toEqual([...taskTypeContracts.keys()]);
  for (const [name, type] of taskTypeServers) expect(type.contract).toBe(taskTypeContracts.get(name));
});

describe.each([...taskTypeServers.values()].map((type) => [type.contract.name, type] as const))(
  '%s',
  (_, type) => {
    const { contract } = type;
    const fewest = type.across?.fewest(contract.exampleProtocol) ?? 1;
    const items = arbitraryItems(contract.collectionKind, fewest);
    const choices = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 200 });

    it('has examples that parse, fit the example protocol, survive JSON, and can be put in words', () => {
      expect(contract.examples.length).toBeGreaterThan(0);
      for (const { unit, answer, protocol: own = contract.exampleProtocol } of contract.examples) {
        const protocol = contract.protocol.parse(own);
        expect(contract.unit.parse(JSON.parse(JSON.stringify(unit)))).toEqual(unit);
        expect(contract.answer.parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
        expect(type.misfit(answer, protocol)).toBeNull();
        expect(type.misfitOnUnit?.of(answer, unit) ?? null).toBeNull();
        expect(type.label(unit)).not.toBe('');
        expect(type.describe(answer, unit, (key) => key)).not.toBe('');
      }
      const words = contract.examples.map(({ answer, unit }) => type.describe(answer, unit, (key) => key));
      expect(new Set(words).size).toBe(words.length);
    });

    it('knows of each example which class of answers it is of, where answers can be right or wrong', () => {
      const { disputes } = type;
      if (disputes === undefined) return;
      expect(new Set(disputes.classes).size).toBe(disputes.classes.length);
      for (const { answer } of contract.examples)
        expect(disputes.classes).toContain(disputes.classOf(answer));
    });

    it('can be graded only where answers can be right or wrong and gold is brought along', () => {
      const protocols = [
        contract.exampleProtocol,
        ...contract.examples.flatMap(({ protocol = [] }) => protocol),
      ];
      for (const given of protocols) {
        const protocol = contract.protocol.parse(given);
        expect(contract.whyUngraded(protocol, { hasGold: false })).toMatch(/\.$/u);
        if (type.disputes === undefined)
          expect(contract.whyUngraded(protocol, { hasGold: true })).toMatch(/\.$/u);
      }
      const isGraded = contract.whyUngraded(contract.exampleProtocol, { hasGold: true }) === null;
      expect(isGraded).toBe(type.disputes !== undefined);
    });

    it('has skip reasons with codes of their own', () => {
      const codes = contract.skipReasons.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
    });

    it('has kinds of comment with codes of their own, one of them for all else', () => {
      const codes = contract.commentKinds.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
      expect(codes.at(-1)).toBe('other');
    });

    it('plans whatever there is to ask about, and nothing twice, in whichever order', async () => {
      await fc.assert(
        fc.asyncProperty(items, fc.nat(), async (of, seed) => {
          for (const order of ['reading', 'shuffled'] as const) {
            const sections = await planned(type, of, { order, seed });
            const units = sections.flatMap((section) => section.units);
            const keys = units.map(({ itemId, key }) => `${itemId} ${key}`).sort();
            expect(new Set(keys).size).toBe(keys.length);
            const { across } = type;
            if (across === undefined) expect(keys).toEqual(askedAbout(of).sort());
            else {
              const named = units.map(({ content }) => across.itemsOf(content));
              expect(named.map(([first]) => first)).toEqual(units.map(({ itemId }) => itemId));
              expect(new Set(named.flat())).toEqual(new Set(of.map(({ id }) => id)));
              for (const ids of named) expect(new Set(ids).size).toBe(ids.length);
            }
            for (const { name, units: ofSection } of sections) {
              expect(name).not.toBe('');
              expect(ofSection.length).toBeGreaterThan(0);
              for (const { content } of ofSection)
                expect(contract.unit.parse(JSON.parse(JSON.stringify(content)))).toEqual(content);
            }
          }
        }),
        RUNS,
      );
    });

    it('plans the same for the same seed; units of single items in reading order for any', async () => {
      await fc.assert(
        fc.asyncProperty(items, fc.nat(), fc.nat(), async (of, seed, other) => {
          for (const order of ['reading', 'shuffled'] as const) {
            const first = await planned(type, of, { order, seed });
            expect(await planned(type, of, { order, seed })).toEqual(first);
          }
          if (type.across === undefined)
            expect(await planned(type, of, { seed })).toEqual(await planned(type, of, { seed: other }));
        }),
        RUNS,
      );
    });

    it('says in its contract whether a unit stands over several items', () => {
      expect(type.contract.spansItems === true).toBe(type.across !== undefined);
    });

    it('refuses a collection of too few items with a sentence, where units stand over several', async () => {
      if (type.across === undefined) return;
      const [enough = []] = fc.sample(items, { numRuns: 1, seed: 1 });
      const refused = planned(type, enough.slice(0, fewest - 1));
      await expect(refused).rejects.toThrow(PlanRefusal);
      await expect(refused).rejects.toThrow(/\.$/u);
    });

    it('shuffles by the seed', async () => {
      const [item] =
        fc.sample(
          items.filter(([first]) => first !== undefined && askedAbout([first]).length > 0),
          {
            numRuns: 1,
            seed: 1,
          },
        )[0] ?? [];
      if (item === undefined) throw new Error('no item was drawn');
      const many = Array.from({ length: 40 }, (_, index) => ({
        ...item,
        id: itemIdSchema.parse(numberedId(index)),
      }));
      const orders = await Promise.all(
        [1, 2, 3].map(async (seed) => {
          const sections = await planned(type, many, { order: 'shuffled', seed });
          return sections.flatMap(({ units }) => units.map(({ itemId }) => itemId)).join();
        }),
      );
      expect(new Set(orders).size).toBe(3);
    });

    it('refuses items of another kind, by name', async () => {
      const other = contract.collectionKind === 'documents' ? 'word-pairs' : 'documents';
      const [foreign = []] = fc.sample(arbitraryItems(other), { numRuns: 1, seed: 1 });
      await expect(planned(type, foreign)).rejects.toThrow('Item 1');
    });

    it('takes every trace of gold out of an item and leaves its units as they were', async () => {
      await fc.assert(
        fc.asyncProperty(items, async (of) => {
          const bare = of.map((item) => ({ ...item, content: type.withoutGold(item.content) }));
          expect(await planned(type, bare)).toEqual(await planned(type, of));
          for (const item of bare) {
            expect(type.gold(item).size).toBe(0);
            expect(type.withoutGold(item.content)).toEqual(item.content);
            expect(JSON.stringify(item.content)).not.toMatch(
              /Identity|identity|"gold"|"ratings"|"links"|non-referring/u,
            );
          }
        }),
        RUNS,
      );
    });

    it('has gold for units of its own only, which parses and points back', async () => {
      await fc.assert(
        fc.asyncProperty(items, async (of) => {
          for (const { item, units } of await unitsByItem(type, of)) {
            const earlier = new Set<string>();
            const gold = new Map(type.gold(item));
            for (const { key } of units) {
              const answer = gold.get(key);
              gold.delete(key);
              if (answer !== undefined) {
                expect(contract.answer.parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
                for (const target of type.pointsAt(answer)) expect(earlier).toContain(target);
              }
              earlier.add(key);
            }
            expect([...gold.keys()]).toEqual([]);
          }
        }),
        RUNS,
      );
    });

    it('parts the answers to a unit into readings, the same for every order of coders', async () => {
      await fc.assert(
        fc.asyncProperty(items, choices, fc.nat(), async (of, choose, turn) => {
          for (const codings of byItem(await judged(type, of, choose))) {
            const readings = type.readings(codings);
            const turned = [
              ...codings.slice(turn % codings.length),
              ...codings.slice(0, turn % codings.length),
            ];
            const bySomeOrder = new Map(type.readings(turned).map((unit) => [unit.unitId, unit]));
            for (const unit of readings) {
              const said = codings.filter(({ unitId }) => unitId === unit.unitId);
              expect(unit.readings.flatMap((reading) => reading.coders).sort()).toEqual(
                said.map(({ coder }) => coder).sort(),
              );
              expect(new Set(unit.readings.map(({ key }) => key)).size).toBe(unit.readings.length);
              expect(bySomeOrder.get(unit.unitId)).toEqual(unit);
              const supports = unit.readings.map((reading) => reading.coders.length);
              expect(supports).toEqual([...supports].sort((one, other) => other - one));
              for (const { answer } of unit.readings)
                expect(contract.answer.safeParse(answer).success).toBe(true);
            }
          }
        }),
        RUNS,
      );
    });

    it('says of a reading only what points back', async () => {
      await fc.assert(
        fc.asyncProperty(items, choices, async (of, choose) => {
          const unitsOfItem = new Map(
            (await unitsByItem(type, of)).map(({ item, units }) => [item.id, units]),
          );
          for (const codings of byItem(await judged(type, of, choose))) {
            const earlier = new Set<string>();
            const readingsOf = new Map(type.readings(codings).map((unit) => [unit.unitId, unit.readings]));
            const [first] = codings;
            const unitIds = new Map(codings.map(({ key, unitId }) => [key, unitId]));
            for (const { key } of first === undefined ? [] : (unitsOfItem.get(first.itemId) ?? [])) {
              const unitId = unitIds.get(key);
              const readings = unitId === undefined ? [] : (readingsOf.get(unitId) ?? []);
              for (const { answer } of readings)
                for (const at of type.pointsAt(answer)) expect(earlier).toContain(at);
              earlier.add(key);
            }
          }
        }),
        RUNS,
      );
    });

    it('finds copies of one coder in full agreement, by every measure that is defined', async () => {
      await fc.assert(
        fc.asyncProperty(items, choices, async (of, choose) => {
          const [first] = coders;
          const original = (await judged(type, of, choose)).filter(({ coder }) => coder === first);
          const copies = coders.flatMap((coder) => original.map((coding) => ({ ...coding, coder })));
          for (const unit of byItem(copies).flatMap((codings) => type.readings(codings))) {
            expect(unit.readings).toHaveLength(1);
            expect(unit.disagreement).toBe(0);
          }
          for (const view of type.agreement(copies, request)) {
            if (view.ofCodersAlone === true) continue;
            const estimates = [...view.measures, ...view.pairs].map(({ estimate }) => estimate);
            for (const estimate of estimates) {
              if (estimate.kind === 'value') expect(estimate.value).toBeCloseTo(1, 9);
              else expect(estimate.reason).not.toBe('');
            }
          }
        }),
        RUNS,
      );
    });

    it('measures any answers of any coders with numbers that survive JSON, the same for the same seed', async () => {
      await fc.assert(
        fc.asyncProperty(items, choices, fc.nat({ max: 4 }), async (of, choose, number) => {
          const present = new Set(coders.slice(0, number));
          const codings = (await judged(type, of, choose)).filter(({ coder }) => present.has(coder));
          const views = type.agreement(codings, request);
          expect(views.length).toBeGreaterThan(0);
          expect(agreementViewSchema.array().parse(JSON.parse(JSON.stringify(views)))).toEqual(views);
          expect(type.agreement(codings, request)).toEqual(views);
        }),
        RUNS,
      );
    });

    it('puts two annotations of an item side by side, where it can: exchanging them exchanges what is said', async () => {
      const compare = type.sideBySide?.bind(type);
      if (compare === undefined) return;
      await fc.assert(
        fc.asyncProperty(items, choices, async (of, choose) => {
          for (const item of of) {
            const codings = await judged(type, [item], choose);
            const units = codings.map(({ key, unit }) => ({ key, content: unit }));
            const [a, b] = coders.map((own) => codings.filter(({ coder }) => coder === own));
            if (a === undefined || b === undefined) continue;
            const there = comparisonSchema.parse(compare({ item, units, a, b }));
            const back = comparisonSchema.parse(compare({ item, units, a: b, b: a }));
            expect(back.marks).toEqual({ a: there.marks.b, b: there.marks.a });
            expect(back.differences).toHaveLength(there.differences.length);
            const known = new Set(there.kinds.map(({ id }) => id));
            for (const { kind } of there.differences) expect(known).toContain(kind);
            expect(compare({ item, units, a, b: a }).differences).toEqual([]);
          }
        }),
        RUNS,
      );
    });

    it('weighs readings where its contract says how, the same whatever the order of answers', async () => {
      expect(type.weigh === undefined).toBe(contract.weighing === undefined);
      const weigh = type.weigh?.bind(type);
      if (weigh === undefined) return;
      await fc.assert(
        fc.asyncProperty(items, choices, async (of, choose) => {
          const codings = await judged(type, of, choose);
          const weighed = weigh(codings);
          const backwards = weigh([...codings].reverse());
          const byUnit = new Map(backwards.units.map((unit) => [unit.unitId, unit.readings]));
          const known = new Set(codings.map(({ unitId }) => unitId));
          for (const { unitId, readings } of weighed.units) {
            expect(known).toContain(unitId);
            const posteriors = readings.map(({ posterior }) => posterior);
            expect(posteriors).toEqual([...posteriors].sort((one, other) => other - one));
            for (const posterior of posteriors) {
              expect(posterior).toBeGreaterThanOrEqual(0);
              expect(posterior).toBeLessThanOrEqual(1);
            }
            const again = new Map(byUnit.get(unitId)?.map(({ key, posterior }) => [key, posterior]));
            for (const { key, posterior } of readings) expect(again.get(key)).toBeCloseTo(posterior, 6);
          }
          expect(weighed.coders.map(({ coder }) => coder)).toEqual(
            backwards.coders.map(({ coder }) => coder),
          );
        }),
        { numRuns: 8 },
      );
    });

    it('writes the exports that its contract names', () => {
      expect(type.exports.map(({ format, title }) => ({ format, title }))).toEqual(
        contract.exports.map(({ format, title }) => ({ format, title })),
      );
      const formats = type.exports.map(({ format }) => format);
      expect(new Set(formats).size).toBe(formats.length);
    });

    it('writes exports that can be read back, each item once; those of answers whatever the answers', async () => {
      await fc.assert(
        fc.asyncProperty(items, choices, async (of, choose) => {
          const codings = await judged(type, of, choose);
          const exported = (await unitsByItem(type, of)).map(({ item, units }, place): Exported => {
            const ofItem = codings.filter(({ itemId }) => itemId === item.id);
            const readings = new Map(type.readings(ofItem).map((unit) => [unit.unitId, unit.readings]));
            const unitIds = new Map(ofItem.map(({ key, unitId }) => [key, unitId]));
            return {
              item,
              units: units.map(({ key, content: unit }, index) => {
                const unitId =
                  unitIds.get(key) ?? unitIdSchema.parse(numberedId(50_000 + place * 1000 + index));
                return { unitId, key, unit, readings: readings.get(unitId) ?? [], decided: false };
              }),
            };
          });
          // An item without units of its own is not read, as little as where they are written from the database.
          const judgedItems = exported.filter(({ units }) => type.across === undefined || units.length > 0);
          expect(type.exports.some(({ ofAnswers }) => ofAnswers !== true)).toBe(true);
          for (const format of type.exports) {
            const text = (await all(format.write(each(judgedItems), new Map()))).join('');
            expect(text).not.toBe('');
            if (format.ofAnswers === true) continue;
            const back = await readBack(text, format.extension, contract.collectionKind);
            expect(back.refused).toEqual([]);
            expect(back.read).toBe(of.length);
          }
        }),
        RUNS,
      );
    });
  },
);
