import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { namedGenerator, scoreCoreference } from '@casebook/agreement';
import type { CoreferenceDocument } from '@casebook/agreement';
import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { MemberId } from '@casebook/contracts';
import { readEzCoref } from '@casebook/corpora';
import { uuidv7 } from 'uuidv7';
import type { CoreferenceAnswer, CoreferenceUnit } from '../../packages/task-types/coreference/contract.ts';
import { mentionPairReadings } from '../../packages/task-types/coreference/mention-pair-readings.ts';
import { OwnChains } from '../../packages/task-types/coreference/own-chains.ts';
import { asRead } from '../../packages/task-types/coreference/reading-order.ts';
import { coreferenceReadings } from '../../packages/task-types/coreference/readings.ts';
import type { CodedUnit } from '../../packages/task-types/task-type-server.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/data/coref/ezcoref/', import.meta.url));
const RESAMPLES = 1_000;
const METRICS = ['muc', 'bcub', 'ceafe', 'lea'] as const;

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;
type Answered = {
  readonly key: string;
  readonly unit: CoreferenceUnit;
  readonly answer: CoreferenceAnswer | null;
};

interface Chunk {
  readonly id: string;
  readonly text: string;
  /** Gold entities: lists of places. */
  readonly gold: readonly (readonly string[])[];
  readonly codings: readonly Coding[];
}

const placeOf = (ranges: CoreferenceUnit['ranges']): string =>
  ranges.map((range) => range.join('-')).join(',');

async function readChunk(text: string, file: string, coders: Map<string, MemberId>): Promise<Chunk> {
  const source = (folder: string) => ({
    fileName: file,
    bytes: createReadStream(join(FOLDER, folder, text, file)),
  });
  for await (const event of readEzCoref(source('gold_data'), source('annotations'), { key: file })) {
    if (event.kind !== 'document') continue;
    const { content, answers = [] } = event.document;
    const mentions = new Map(content.mentions.map((mention) => [mention.id, mention]));
    const itemId = itemIdSchema.parse(uuidv7());
    const unitIds = new Map(content.mentions.map(({ id }) => [id, unitIdSchema.parse(uuidv7())]));
    const codings = answers.flatMap(({ coder, mention, answer }): Coding[] => {
      const found = mentions.get(mention);
      const unitId = unitIds.get(mention);
      if (found === undefined || unitId === undefined || answer.kind === 'skipped') return [];
      // Who annotated is comparable within a text only.
      const name = `${text} ${coder}`;
      const member = coders.get(name) ?? memberIdSchema.parse(uuidv7());
      coders.set(name, member);
      const unit = { ranges: found.ranges, text: found.id };
      return [{ unitId, itemId, key: mention, unit, coder: member, answer }];
    });
    const gold = content.chains.map(({ mentions: ids }) =>
      ids.flatMap((id) => {
        const mention = mentions.get(id);
        return mention === undefined ? [] : [placeOf(mention.ranges)];
      }),
    );
    return { id: file, text, gold, codings };
  }
  throw new Error(`${file} holds no document`);
}

/** The entities that answers make, as lists of places. */
function entitiesOf(answered: readonly Answered[]): string[][] {
  const inOrder = [...answered].sort(asRead);
  const chains = new OwnChains(inOrder);
  const placeOfKey = new Map(inOrder.map(({ key, unit }) => [key, placeOf(unit.ranges)]));
  return inOrder.flatMap(({ key }) => {
    const chain = chains.chainOf(key);
    return chain[0] === key ? [chain.map((member) => placeOfKey.get(member) ?? '')] : [];
  });
}

type Response = (chunk: Chunk, place: number) => string[][];

function figures(documents: readonly CoreferenceDocument[], singletons: 'keep' | 'drop'): number[] {
  const scores = scoreCoreference(documents, { metrics: [...METRICS], singletons });
  const f1 = METRICS.map((metric) => {
    const score = scores[metric];
    return score !== undefined && 'f1' in score && typeof score.f1 === 'number' ? score.f1 : Number.NaN;
  });
  const [muc = Number.NaN, bcub = Number.NaN, ceafe = Number.NaN] = f1;
  return [...f1, (muc + bcub + ceafe) / 3];
}

/**
 * The ezCoref chunks with all their annotators: the majority's reading and the mention-pair model's, scored against gold.
 * Intervals are percentile ones over chunks; differences are of the same resamples.
 */
export async function run(): Promise<void> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (!existsSync(FOLDER)) {
    print('The ezCoref corpus is absent: nothing was run.');
    return;
  }
  const coders = new Map<string, MemberId>();
  const chunks: Chunk[] = [];
  for (const text of readdirSync(join(FOLDER, 'annotations')).sort())
    for (const file of readdirSync(join(FOLDER, 'annotations', text)).sort())
      chunks.push(await readChunk(text, file, coders));
  const codings = chunks.map((chunk) => chunk.codings);
  const unitsOf = (chunk: Chunk) => new Map(chunk.codings.map((coding) => [coding.unitId, coding]));
  print(
    `${String(chunks.length)} chunks of ${String(new Set(chunks.map(({ text }) => text)).size)} texts, ${String(coders.size)} annotators, ${String(codings.flat().length)} answers`,
  );

  const majority: Response = (chunk) => {
    const units = unitsOf(chunk);
    return entitiesOf(
      coreferenceReadings(chunk.codings).flatMap(({ unitId, readings: [first] }) => {
        const coding = units.get(unitId);
        return coding === undefined
          ? []
          : [{ key: coding.key, unit: coding.unit, answer: first?.answer ?? null }];
      }),
    );
  };
  const weighed = (['none', 'partial'] as const).map((pooling) => {
    const { documents, rounds, settled } = mentionPairReadings(codings, pooling);
    print(
      `mention-pair model, ${pooling} pooling: ${String(rounds)} rounds${settled ? '' : ', not settled'}`,
    );
    const response: Response = (chunk, place) => {
      const units = new Map(chunk.codings.map((coding) => [coding.key, coding.unit]));
      return entitiesOf(
        (documents[place] ?? []).flatMap(({ key, readings: [best] }) => {
          const unit = units.get(key);
          return unit === undefined ? [] : [{ key, unit, answer: best?.answer ?? null }];
        }),
      );
    };
    return response;
  });
  const responses: readonly (readonly [string, Response])[] = [
    ['majority', majority],
    ...weighed.map((response, index) => [index === 0 ? 'MPA' : 'MPA, partial pooling', response] as const),
  ];

  for (const singletons of ['drop', 'keep'] as const) {
    print(
      `\nF1 against gold, singletons ${singletons === 'drop' ? 'left out' : 'kept'}, 95 % over ${String(RESAMPLES)} resamples of chunks`,
    );
    print(
      `${''.padEnd(22)}${['MUC', 'B³', 'CEAFe', 'LEA', 'CoNLL'].map((name) => name.padStart(24)).join('')}`,
    );
    const documents = responses.map(([, response]) =>
      chunks.map((chunk, place): CoreferenceDocument => ({
        id: chunk.id,
        key: chunk.gold,
        response: response(chunk, place),
      })),
    );
    const resampled: number[][][] = [];
    const random = namedGenerator('ezcoref chunks', 1);
    for (let resample = 0; resample < RESAMPLES; resample += 1) {
      const chosen = chunks.map(() => random.below(chunks.length));
      resampled.push(
        documents.map((own) =>
          figures(
            chosen.flatMap((place) => own[place] ?? []),
            singletons,
          ),
        ),
      );
    }
    const interval = (values: number[]): string => {
      const sorted = values.sort((one, other) => one - other);
      const at = (share: number) =>
        (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(3);
      return `${at(0.025)} to ${at(0.975)}`;
    };
    const points = documents.map((own) => figures(own, singletons));
    for (const [row, [name]] of responses.entries()) {
      const cells = (points[row] ?? []).map((value, column) => {
        const spread = interval(resampled.map((all) => all[row]?.[column] ?? Number.NaN));
        return `${value.toFixed(3)} ${spread}`.padStart(24);
      });
      print(`${name.padEnd(22)}${cells.join('')}`);
    }
    for (const [row, [name]] of responses.entries()) {
      if (row === 0) continue;
      const cells = (points[row] ?? []).map((value, column) => {
        const difference = value - (points[0]?.[column] ?? Number.NaN);
        const spread = interval(
          resampled.map((all) => (all[row]?.[column] ?? Number.NaN) - (all[0]?.[column] ?? Number.NaN)),
        );
        return `${difference.toFixed(3)} ${spread}`.padStart(24);
      });
      print(`${`${name} − majority`.slice(0, 22).padEnd(22)}${cells.join('')}`);
    }
  }
}
