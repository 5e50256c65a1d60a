import { type RatingEvent, type RatingTable } from '../ratings/rating-table.ts';
import { counted, type Finding, finding } from './finding.ts';

/** Faster than this, a pair was hardly read. */
const HASTY_MS = 1000;

/**
 * Effects of order and time, for tables with one row a judgement: whether ratings drift as a rater goes on, whether he
 * repeats his last answer more than chance, whether some answer faster than one can read, and second answers.
 */
export function lintOrder(table: RatingTable): Finding[] {
  const { events } = table;
  if (events === null) return [];
  const findings: Finding[] = [];
  const repeats = repeatedRatings(events);
  if (repeats.length > 0) {
    findings.push(
      finding(
        'repeated-rating',
        'warning',
        repeats,
        `${counted(repeats.length, 'rating')} of a pair that the same rater had rated: the first one stands`,
      ),
    );
  }
  const sequences = byRater(events, table.raters.length);
  findings.push(...drift(table, sequences));
  findings.push(...perseveration(table, sequences));
  findings.push(...haste(table, sequences));
  return findings;
}

function repeatedRatings(events: readonly RatingEvent[]): number[] {
  const seen = new Set<string>();
  return events.flatMap(({ rater, pair, line }) => {
    const key = `${rater} ${pair}`;
    if (seen.has(key)) return [line];
    seen.add(key);
    return [];
  });
}

/** Each rater's judgements in order of time, or of the file where no time is known. */
function byRater(events: readonly RatingEvent[], raters: number): RatingEvent[][] {
  const sequences: RatingEvent[][] = Array.from({ length: raters }, () => []);
  for (const event of events) sequences[event.rater]?.push(event);
  for (const sequence of sequences) {
    if (sequence.every(({ time }) => time !== null))
      sequence.sort((one, other) => (one.time ?? 0) - (other.time ?? 0));
  }
  return sequences;
}

/**
 * Mean slope, over raters, of the rating's deviation from its pair's mean on the place in the sequence (0 to 1), and
 * its t over raters.
 */
function drift(table: RatingTable, sequences: readonly RatingEvent[][]): Finding[] {
  const means = table.ratings.map((row) => {
    const known = row.filter((value) => value !== null);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  const slopes: number[] = [];
  for (const sequence of sequences) {
    if (sequence.length < 10) continue;
    let products = 0;
    let squares = 0;
    for (const [place, { pair, value }] of sequence.entries()) {
      const x = place / (sequence.length - 1) - 0.5;
      products += x * (value - (means[pair] ?? value));
      squares += x * x;
    }
    slopes.push(products / squares);
  }
  if (slopes.length < 10) return [];
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
  const spread = Math.sqrt(slopes.reduce((sum, slope) => sum + (slope - mean) ** 2, 0) / (slopes.length - 1));
  const t = mean / (spread / Math.sqrt(slopes.length));
  if (Math.abs(t) < 3) return [];
  return [
    finding(
      'order-effect',
      'warning',
      [],
      `ratings ${mean > 0 ? 'rise' : 'fall'} by ${Math.abs(mean).toFixed(2)} from a rater's first pair to his last, the pairs' own means taken out (t ${t.toFixed(1)} over ${slopes.length} raters)`,
    ),
  ];
}

/** Share of raters whose answers equal the one before more often than their own histogram makes it likely. */
function perseveration(table: RatingTable, sequences: readonly RatingEvent[][]): Finding[] {
  const stuck: string[] = [];
  let judged = 0;
  for (const [rater, sequence] of sequences.entries()) {
    if (sequence.length < 30) continue;
    judged += 1;
    let longest = 0;
    let run = 0;
    for (const [place, { value }] of sequence.entries()) {
      run = place > 0 && sequence[place - 1]?.value === value ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    const counts = new Map<number, number>();
    for (const { value } of sequence) counts.set(value, (counts.get(value) ?? 0) + 1);
    const commonest = Math.max(...counts.values()) / sequence.length;
    // A run of k of the commonest answer begins somewhere with chance of about n·p^k.
    if (commonest < 1 && sequence.length * commonest ** longest < 0.001)
      stuck.push(table.raters[rater] ?? '');
  }
  if (stuck.length === 0) return [];
  return [
    finding(
      'order-effect',
      'warning',
      [],
      `${stuck.length} of ${judged} raters gave one answer in a run longer than chance allows: ${stuck.slice(0, 5).join(', ')}${stuck.length > 5 ? ', …' : ''}`,
    ),
  ];
}

function haste(table: RatingTable, sequences: readonly RatingEvent[][]): Finding[] {
  const hasty: { name: string; median: number }[] = [];
  let timed = 0;
  for (const [rater, sequence] of sequences.entries()) {
    const gaps = sequence.flatMap(({ time }, place) => {
      const before = sequence[place - 1]?.time ?? null;
      return time === null || before === null ? [] : [time - before];
    });
    if (gaps.length < 10) continue;
    timed += 1;
    const median = gaps.sort((one, other) => one - other)[gaps.length >> 1] ?? 0;
    if (median < HASTY_MS) hasty.push({ name: table.raters[rater] ?? '', median });
  }
  if (hasty.length === 0) return [];
  const shown = hasty.slice(0, 5).map(({ name, median }) => `${name} (${(median / 1000).toFixed(2)} s)`);
  return [
    finding(
      'hasty-coder',
      'warning',
      [],
      `${hasty.length} of ${timed} raters took under ${HASTY_MS / 1000} s for half of their pairs: ${shown.join(', ')}${hasty.length > 5 ? ', …' : ''}`,
    ),
  ];
}
