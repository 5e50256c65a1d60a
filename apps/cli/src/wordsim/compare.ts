import { compareEmbeddings, coverage } from '@casebook/agreement';
import { basename } from 'node:path';
import { textTable } from '../tables/text-table.ts';
import type { Terminal } from '../usage.ts';
import { readGold } from './gold-pairs.ts';
import type { CompareCall } from './options.ts';
import { type ReadModel, readModel } from './vectors.ts';

/** What `casebook wordsim compare --json` prints. */
export async function compareReport(call: CompareCall, terminal: Terminal) {
  const gold = await readGold(call.gold, terminal);
  const models: (ReadModel & { name: string })[] = [];
  for (const [index, path] of call.vectors.entries()) {
    const model = await readModel(path, gold.pairs, terminal, true);
    const name = basename(model.input.file);
    const isTaken = call.vectors.some((other, at) => at !== index && basename(other) === name);
    models.push({ ...model, name: isTaken ? `${name} (${index + 1})` : name });
  }
  const compared = compareEmbeddings(gold.pairs, models, { resamples: call.resamples, seed: call.seed });
  return {
    gold: gold.input,
    goldIs: gold.goldIs,
    pairs: gold.pairs.length,
    pairsOfAll: compared.pairs,
    seed: call.seed,
    resamples: call.resamples,
    models: compared.models.map(({ name, rho, ci }, index) => {
      const model = models[index];
      const own =
        model === undefined ? null : coverage(gold.pairs, model.embedding, model.vectors.mean ?? undefined);
      return {
        name,
        file: model?.input ?? null,
        format: model?.vectors.format ?? null,
        dimensions: model?.vectors.dimensions ?? null,
        rho: rho ?? { value: null, reason: 'gold or the similarities of the shared pairs are constant' },
        ci,
        coverage: own,
      };
    }),
    comparisons: compared.comparisons,
    notCompared: compared.undefined,
  };
}

export function compareText(report: Awaited<ReturnType<typeof compareReport>>): string {
  const models = report.models.map(({ name, rho, ci, coverage: own }) => [
    name,
    typeof rho === 'number' ? rho.toFixed(4) : rho.reason,
    ci === null ? '' : `${ci.low.toFixed(3)} to ${ci.high.toFixed(3)}`,
    own === null ? '' : `${own.covered} of ${own.pairs}`,
    ...(['covered', 'mean-vector', 'zero'] as const).map(
      (policy) => own?.rho[policy].value?.toFixed(4) ?? '–',
    ),
  ]);
  const tests = report.comparisons.flatMap((own) => {
    const name = `${own.first} − ${own.second}`;
    const row = (test: string, figures: string, p: string, holm: string): string[] => [
      name,
      test,
      figures,
      p,
      holm,
    ];
    const p = (value: number | null): string =>
      value === null ? '' : value < 0.0001 ? '< .0001' : value.toFixed(4);
    return [
      ...(['williams', 'steiger', 'meng'] as const).map((method) => {
        const test = own[method];
        return test.kind === 'undefined'
          ? row(method, `undefined: ${test.reason}`, '', '')
          : row(
              method,
              `${test.df === null ? 'Z' : `t(${test.df})`} ${test.statistic.toFixed(3)}`,
              p(test.pTwoSided),
              method === 'williams' ? p(own.williamsHolm) : '',
            );
      }),
      own.zou.kind === 'undefined'
        ? row('zou', `undefined: ${own.zou.reason}`, '', '')
        : row(
            'zou',
            `${own.difference.toFixed(4)} (${own.zou.low.toFixed(4)} to ${own.zou.high.toFixed(4)})`,
            '',
            '',
          ),
      own.bootstrap.kind === 'undefined'
        ? row('bootstrap', `undefined: ${own.bootstrap.reason}`, '', '')
        : row(
            'bootstrap',
            `${own.difference.toFixed(4)} (${own.bootstrap.low.toFixed(4)} to ${own.bootstrap.high.toFixed(4)})`,
            p(own.bootstrap.pTwoSided),
            p(own.bootstrapHolm),
          ),
    ];
  });
  return `${report.pairsOfAll} of ${report.pairs} pairs are covered by all models\n\n${textTable(
    ['model', 'ρ, shared pairs', '95 %', 'covers', 'ρ covered', 'ρ mean vector', 'ρ zero'],
    models,
  )}\n${textTable(['difference', 'method', 'figure', 'p', 'p, Holm'], tests)}\nseed ${report.seed}, ${report.resamples} resamples\n`;
}
