/** `npm run bench -- NAME …`: prints figures; nothing here passes or fails. */
const BENCHES = [
  'judgements',
  'page',
  'agreement',
  'aggregation',
  'coreference',
  'similarity',
  'coverage',
  'recomputation',
  'ezcoref',
  'editor',
  'chunker',
  'export',
];

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !BENCHES.includes(name)) {
  process.stderr.write(`npm run bench -- ${BENCHES.join(' | ')}\n`);
  process.exit(2);
}
const { run } = (await import(`./${name}.ts`)) as { run: (args: string[]) => Promise<void> };
await run(rest);
