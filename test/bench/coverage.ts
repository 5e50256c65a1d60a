import {
  type Estimate,
  gwetsAc,
  fleissKappa,
  type IntervalOptions,
  krippendorffsAlpha,
  namedGenerator,
  simulateStudy,
  type Study,
} from '@casebook/agreement';

/** One way of making data: 2,000 studies are drawn from it. */
interface Design {
  readonly name: string;
  readonly units: number;
  readonly coders: number;
  readonly prevalence: readonly number[];
  readonly missing: number;
}

const BALANCED = [1 / 3, 1 / 3, 1 / 3];

const DESIGNS: readonly Design[] = [
  { name: 'N 30 × 3, balanced', units: 30, coders: 3, prevalence: BALANCED, missing: 0 },
  { name: 'N 30 × 3, skewed .8/.15/.05', units: 30, coders: 3, prevalence: [0.8, 0.15, 0.05], missing: 0 },
  { name: 'N 100 × 3, balanced', units: 100, coders: 3, prevalence: BALANCED, missing: 0 },
  { name: 'N 100 × 5, 40 % missing', units: 100, coders: 5, prevalence: BALANCED, missing: 0.4 },
];

type Method = 'analytic' | 'linearised' | 'jackknife' | 'bca' | 'percentile' | 'krippendorff';

interface Measure {
  readonly name: string;
  readonly methods: readonly Method[];
  readonly of: (study: Study, interval: IntervalOptions) => Estimate;
}

const COMMON: readonly Method[] = ['analytic', 'linearised', 'jackknife', 'bca', 'percentile'];

const MEASURES: readonly Measure[] = [
  {
    name: 'alpha, nominal',
    methods: [...COMMON, 'krippendorff'],
    of: (study, interval) => krippendorffsAlpha(study, { interval }),
  },
  { name: "Fleiss' kappa", methods: COMMON, of: (study, interval) => fleissKappa(study, { interval }) },
  { name: "Gwet's AC1", methods: COMMON, of: (study, interval) => gwetsAc(study, { interval }) },
];

/** How coders come to their answers. */
interface Coders {
  readonly name: string;
  readonly knowledge: number;
  readonly otherwise: 'guess' | 'err';
  /** Whether coverage is required here, or printed only. */
  readonly required: boolean;
}

const CODERS: readonly Coders[] = [
  { name: 'coders are right 4 times in 5 and err evenly', knowledge: 0.8, otherwise: 'err', required: true },
  {
    name: 'harder: coders know 77 in 100 units and guess the rest by prevalence (kappa .6)',
    knowledge: Math.sqrt(0.6),
    otherwise: 'guess',
    required: false,
  },
];

/** Required of these; the others are printed only. */
const REQUIRED: readonly Method[] = ['analytic', 'jackknife', 'bca'];

/** The measures' true values: those of a study too large to matter. */
function truths(design: Design, coders: Coders): number[] {
  const units = 400_000;
  const study = simulateStudy(
    { ...design, ...coders, coders: design.coders, units },
    namedGenerator(`truth, ${design.name}`, 1),
  );
  return MEASURES.map((measure) => {
    const { value } = measure.of(study, { method: 'none' });
    if (value === null) throw new Error('the design has no true value');
    return value;
  });
}

interface Tally {
  readonly method: Method;
  covered: number;
  defined: number;
}

function describeTally({ method, covered, defined }: Tally, coders: Coders, studies: number): string {
  const share = covered / defined;
  const outside = coders.required && REQUIRED.includes(method) && (share < 0.92 || share > 0.97);
  return `${method} ${share.toFixed(3)}${outside ? ' !' : ''}${defined < studies ? ` of ${defined}` : ''}`;
}

/** Every measure sees the same studies. */
function coverage(design: Design, coders: Coders, studies: number, resamples: number): void {
  const values = truths(design, coders);
  const tallies = MEASURES.map(({ methods }) =>
    methods.map((method): Tally => ({ method, covered: 0, defined: 0 })),
  );
  const generator = namedGenerator(design.name, 1);
  for (let index = 0; index < studies; index++) {
    const study = simulateStudy({ ...design, ...coders, coders: design.coders }, generator);
    for (const [place, measure] of MEASURES.entries()) {
      const value = values[place] ?? NaN;
      for (const tally of tallies[place] ?? []) {
        const estimate = measure.of(study, { method: tally.method, resamples, seed: index });
        if (estimate.value === null || estimate.ci === null) continue;
        tally.defined += 1;
        if (estimate.ci.low <= value && value <= estimate.ci.high) tally.covered += 1;
      }
    }
  }
  for (const [place, measure] of MEASURES.entries()) {
    const cells = (tallies[place] ?? []).map((tally) => describeTally(tally, coders, studies));
    const of = `${measure.name}, ${values[place]?.toFixed(3) ?? ''}`;
    process.stdout.write(`    ${of.padEnd(22)} ${cells.join('   ')}\n`);
  }
}

/**
 * Prints how often 95 per cent intervals hold the true value; the full run takes some four minutes of processor time. `args`: number of studies a design (2,000) and of
 * bootstrap resamples (1,000). A `!` marks a required interval outside 92 to 97 per cent.
 */
export async function run(args: string[]): Promise<void> {
  const studies = Number(args[0] ?? 2000);
  const resamples = Number(args[1] ?? 1000);
  process.stdout.write(
    `Share of nominal 95 % intervals that hold the true value: ${studies} studies a design (seed 1), ` +
      `${resamples} resamples (seed = number of the study).\n` +
      `Monte Carlo standard error at .95: ${Math.sqrt((0.95 * 0.05) / studies).toFixed(3)}. ` +
      `After each measure its true value. ! = required to be within .92 to .97, and is not.\n`,
  );
  const before = process.cpuUsage();
  for (const coders of CODERS) {
    process.stdout.write(`\n${coders.name}\n`);
    for (const design of DESIGNS) {
      process.stdout.write(`\n  ${design.name}\n`);
      coverage(design, coders, studies, resamples);
    }
  }
  process.stdout.write(`\n${(process.cpuUsage(before).user / 1e6).toFixed(0)} s of processor time\n`);
  await Promise.resolve();
}
