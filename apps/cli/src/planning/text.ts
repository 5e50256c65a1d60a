import { textTable } from '../tables/text-table.ts';
import type { PlanReport } from './plans.ts';

/** A plan for people to read. */
export function planText(report: PlanReport): string {
  const { formula, simulation, projection, codersWanted } = report;
  const what = report.plan === 'correlation' ? 'pairs' : 'units';
  const lines = [
    `${aim(report)}\n`,
    `${formula.units} ${what} for ${percent(report.confidence)} intervals of width ${report.width}\n`,
  ];
  if (simulation !== null) {
    const { studies, meanWidth, assurance, coverage } = simulation;
    lines.push(
      `\n${studies} simulated studies of ${formula.units} ${what}, seed ${report.seed}\n`,
      `  mean width      ${meanWidth.toFixed(4)}\n`,
      `  no wider        ${percent(assurance)}\n`,
      coverage === undefined ? '' : `  hold the truth  ${percent(coverage)}\n`,
      simulation.undefined === 0 ? '' : `  no interval in  ${simulation.undefined}\n`,
    );
  }
  if (codersWanted !== undefined)
    lines.push(`\n${codersWanted} coders reach the reliability that is wanted\n`);
  if (projection !== undefined) {
    const rows = projection.map(({ coders, reliability, ceiling }) => [coders, reliability, ceiling]);
    lines.push('\n', textTable(['coders', 'reliability', 'ceiling'], rows));
  }
  return lines.join('');
}

function aim(report: PlanReport): string {
  switch (report.plan) {
    case 'agreement': {
      const shares = report.categories.map((share) => Number(share.toFixed(3))).join(', ');
      const how = report.measure === 'icc' ? '' : ` and categories of shares ${shares}`;
      return `${report.measure} of about ${report.expected} with ${report.coders} coders${how}`;
    }
    case 'correlation':
      return `${report.correlation} correlation of about ${report.expected}`;
    case 'split-half':
      return `split-half reliability of about ${report.expected} with ${report.coders} coders`;
  }
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
