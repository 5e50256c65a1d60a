import type { ShownEstimate } from '@casebook/contracts';

/** How the intervals of some figures were made, and why some have none, each said once. */
export function intervalsInWords(estimates: readonly ShownEstimate[]): string[] {
  const defined = estimates.flatMap((estimate) => (estimate.kind === 'value' ? [estimate] : []));
  const made = defined.flatMap(({ interval }) =>
    interval === null ? [] : [`Intervals of ${interval.level * 100} %: ${interval.method}.`],
  );
  const missing = [
    ...new Set(defined.flatMap(({ whyNoInterval }) => (whyNoInterval === undefined ? [] : [whyNoInterval]))),
  ];
  const several = made.length > 0 ? 'Where there is no interval' : 'No intervals';
  return [...new Set(made), ...missing.map((reason) => `${several}: ${reason}.`)];
}
