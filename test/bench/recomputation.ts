import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { MemberId } from '@casebook/contracts';
import { namedGenerator } from '@casebook/agreement';
import { coreferenceAgreement } from '../../packages/task-types/coreference/agreement.ts';

type Codings = Parameters<typeof coreferenceAgreement>[0];
type Coding = Codings[number];

interface Simulation {
  readonly documents: number;
  readonly coders: number;
  /** In each document. */
  readonly mentions: number;
}

/** A well-formed id; the same for the same number. */
function numbered(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** Texts of entities whose phrases return with a long tail, read by coders who differ on a tenth of the phrases. */
function simulated({ documents, coders, mentions }: Simulation): Codings {
  const generator = namedGenerator('simulated coreference', 1);
  const members = Array.from({ length: coders }, (_, coder) => memberIdSchema.parse(numbered(coder + 1)));
  const codings: Coding[] = [];
  for (let document = 0; document < documents; document += 1) {
    const itemId = itemIdSchema.parse(numbered(document + 1));
    const truth: number[] = [];
    let entities = 0;
    for (let mention = 0; mention < mentions; mention += 1) {
      const back = truth[generator.below(mention + 1)];
      if (generator.next() < 0.4 || back === undefined) truth.push(entities++);
      else truth.push(back);
    }
    for (const coder of members) codings.push(...answersOf(truth, itemId, document * mentions, coder));
  }
  function answersOf(truth: number[], itemId: Coding['itemId'], from: number, coder: MemberId): Coding[] {
    return truth.map((entity, mention) => {
      const differs = generator.next() < 0.1;
      const before = differs ? generator.below(mention + 1) - 1 : truth.lastIndexOf(entity, mention - 1);
      return {
        itemId,
        unitId: unitIdSchema.parse(numbered(from + mention + 1)),
        key: `m${String(mention)}`,
        unit: { ranges: [[mention, mention + 1]], text: 'phrase' },
        coder,
        answer:
          mention === 0 || before < 0
            ? { kind: 'new' }
            : { kind: 'old', antecedents: [`m${String(before)}`] },
      };
    });
  }
  return codings;
}

const CELLS: readonly Simulation[] = [
  { documents: 30, coders: 3, mentions: 300 },
  { documents: 33, coders: 10, mentions: 303 },
  { documents: 111, coders: 3, mentions: 300 },
];

/** Times what is computed of a coreference task after every few judgements: all views, 1,000 resamples each. */
export async function run(): Promise<void> {
  for (const cell of CELLS) {
    const codings = simulated(cell);
    const before = process.cpuUsage();
    const views = coreferenceAgreement(codings, { seed: 1, resamples: 1_000 });
    const { user, system } = process.cpuUsage(before);
    const estimates = views.flatMap(({ measures, pairs }) => [...measures, ...pairs]);
    const { documents, coders, mentions } = cell;
    process.stdout.write(
      `${documents} documents × ${coders} coders × ${mentions} mentions: ${codings.length} judgements, ${estimates.length} figures in ${((user + system) / 1e6).toFixed(2)} s of processor time\n`,
    );
  }
  await Promise.resolve();
}
