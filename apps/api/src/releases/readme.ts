import type { Description } from './format.ts';
import type { ReleaseRows } from './rows.ts';

/** What a stranger reads first: what is in the folder, and how to check and load it. */
export function readmeOf({ project, number, asOf, software }: Description, rows: ReleaseRows): string {
  const tasks = rows.tasks.map((task) => {
    const of = rows.judgements.filter((judgement) => judgement.task === task.id);
    const coders = new Set(of.map(({ coder }) => coder)).size;
    const units = rows.units.filter((unit) => unit.task === task.id).length;
    return `- ${task.name} (${task.type}, ${task.phase}): ${units} units, ${of.length} judgements by ${coders} coders`;
  });
  return `# ${project}, release ${number}

Made by Casebook ${software.version}${asOf === null ? '' : `; the newest judgement is of ${asOf}`}.

${tasks.join('\n')}

Each file is JSON lines. \`data/\` holds what was judged, by whom under a number, and by what rules; \`figures/\` what
follows from it. \`counts\` in \`data/judgements.jsonl\` says which judgements the figures are made from. The steps from one
to the other are listed in \`release.json\`.

- Check that nothing was damaged: \`sha256sum -c hashes.txt\`; the root hash is \`sha256sum hashes.txt\`.
- Compute every figure anew: \`casebook verify RELEASE.tar --root HASH\`, with the root hash from where it was published.
- Load it: \`[json.loads(line) for line in open("data/judgements.jsonl", encoding="utf-8")]\` in Python,
  \`jsonlite::stream_in(file("data/judgements.jsonl"))\` in R.
`;
}
