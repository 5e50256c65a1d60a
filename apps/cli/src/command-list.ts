import type { CommandModule } from './usage.ts';

interface Command {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandModule>;
}

/** Every command there is. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'agreement',
    summary: 'how well coders agree: coefficients, intervals, diagnostics',
    load: () => import('./commands/agreement.ts'),
  },
  {
    name: 'aggregate',
    summary: 'one label for every task, or one scale for all items, from many coders',
    load: () => import('./commands/aggregate.ts'),
  },
  {
    name: 'coref-score',
    summary: 'score coreference chains against a key',
    load: () => import('./commands/coref-score.ts'),
  },
  {
    name: 'correlations',
    summary: 'models against gold figures, and whether any two of them differ',
    load: () => import('./commands/correlations.ts'),
  },
  {
    name: 'plan',
    summary: 'how many units a study needs for an interval of a given width',
    load: () => import('./commands/plan.ts'),
  },
  {
    name: 'wordsim',
    summary: 'check a word similarity dataset, and models against it',
    load: () => import('./commands/wordsim.ts'),
  },
  {
    name: 'convert',
    summary: 'a corpus from one format to another, with a list of what is lost',
    load: () => import('./commands/convert.ts'),
  },
  {
    name: 'serve',
    summary: 'run the service: the same as npm start',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'dev',
    summary: 'run the service and reload what changes: the same as npm run dev',
    load: () => import('./commands/dev.ts'),
  },
  {
    name: 'seed',
    summary: 'put the sample project into an empty database',
    load: () => import('./commands/seed.ts'),
  },
  {
    name: 'admin',
    summary: 'make an admin, or let somebody who is locked out choose a new password',
    load: () => import('./commands/admin.ts'),
  },
  {
    name: 'doctor',
    summary: 'what is wrong with this instance, and how to mend it',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'backup',
    summary: 'everything the database holds, in one file, while the service goes on',
    load: () => import('./commands/backup.ts'),
  },
  {
    name: 'restore',
    summary: 'put a backup into an empty database, or check that it is whole',
    load: () => import('./commands/restore.ts'),
  },
  {
    name: 'project',
    summary: 'set a project up as another is, without its people and judgements',
    load: () => import('./commands/project.ts'),
  },
  {
    name: 'import',
    summary: 'add a file of documents or word pairs to a collection, or see what is wrong with it',
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'export',
    summary: 'the judgements of a project as JSON lines, CSV or Parquet',
    load: () => import('./commands/export.ts'),
  },
  {
    name: 'release',
    summary: 'freeze a project into a signed dataset whose every figure can be recomputed',
    load: () => import('./commands/release.ts'),
  },
  {
    name: 'verify',
    summary: 'check a release offline: hashes, signature, every figure from the raw judgements',
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'diff',
    summary: 'what differs between two releases',
    load: () => import('./commands/diff.ts'),
  },
];
