import type { LabelReport, ScoreReport } from './report.ts';
import { shortTable } from '../tables/text-table.ts';

/** Labels and coders for people to read. */
export function labelText(report: LabelReport): string {
  const {
    model,
    iterations,
    converged,
    logLikelihood,
    logLikelihoodIs,
    labels,
    posteriors,
    coders,
    accuracy,
  } = report;
  const tasks = Object.entries(labels).map(
    ([task, label]) => [task, label, posteriors[task]?.[label] ?? 0] as const,
  );
  const measures = [
    ...new Set(Object.values(coders).flatMap((coder) => scalarsOf(coder).map(([name]) => name))),
  ];
  const rows = Object.entries(coders).map(([coder, own]) => {
    const values = new Map(scalarsOf(own));
    return [coder, ...measures.map((name) => values.get(name) ?? '')] as const;
  });
  return [
    `model        ${model}\n`,
    `iterations   ${iterations} (${converged ? 'converged' : 'not converged'})\n`,
    `${logLikelihoodIs === 'evidence lower bound' ? 'ELBO        ' : 'likelihood  '} ${figureText(logLikelihood)}\n`,
    accuracy === undefined ? '' : `accuracy     ${figureText(accuracy)}\n`,
    `seed         ${report.seed}\n\n`,
    shortTable(['task', 'label', 'posterior'], tasks),
    '\n',
    shortTable(['coder', ...measures], rows),
  ].join('');
}

/** Scores for people to read, the best first. */
export function scoreText(report: ScoreReport): string {
  const { model, scores } = report;
  if (isUndefined(scores)) return `model  ${model}\n\nundefined: ${scores.reason}\n`;
  const rows = Object.entries(scores).sort(([, one], [, other]) => other - one);
  return `model  ${model}\n\n${shortTable(['item', 'score'], rows)}`;
}

function isUndefined(scores: ScoreReport['scores']): scores is { value: null; reason: string } {
  return scores['value'] === null;
}

function figureText(figure: LabelReport['logLikelihood']): string {
  return typeof figure === 'number' ? figure.toFixed(4) : `undefined: ${figure.reason}`;
}

function scalarsOf(coder: Record<string, unknown>): [string, number][] {
  return Object.entries(coder).flatMap(([name, value]): [string, number][] => {
    if (typeof value === 'number') return [[name, value]];
    if (typeof value !== 'object' || value === null || !('sensitivity' in value)) return [];
    return Object.entries(value).flatMap(([kind, own]) =>
      typeof own === 'number' ? [[`${name} ${kind}`, own]] : [],
    );
  });
}
