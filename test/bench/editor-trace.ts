/** One event of a Chromium trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  /** The share of `dur` for which the thread had a processor. */
  readonly tdur?: number;
  readonly tid: number;
  readonly pid: number;
}

/** What the main thread does for a page: script, style, layout, paint, and handing the frame on. */
const WORK = new Set([
  'EventDispatch',
  'FunctionCall',
  'RunMicrotasks',
  'FireAnimationFrame',
  'TimerFire',
  'UpdateLayoutTree',
  'Layout',
  'PrePaint',
  'Paint',
  'Layerize',
  'HitTest',
  'IntersectionObserverController::computeIntersections',
  'MinorGC',
  'MajorGC',
]);

/** Milliseconds of work, by the clock and of processor time: the second leaves out what other programs took. */
export interface Work {
  readonly clock: number;
  readonly processor: number;
  /** Processor time from the frame that shows the event to when all has come to rest: what is drawn only then. */
  readonly afterwards: number;
}

/** By when all that an event set off is done, in microseconds; the next key comes later. */
const AT_REST = 45_000;

/**
 * The work from the mark `begin-N` of a trace to the end of the frame that shows it, for each N that has an `end-N`.
 * Work inside other work counts once, and what the event did before its first listener made the mark counts too. A
 * busy browser may begin the frame after before it lets the page make its end mark: what is done there counts as
 * `afterwards`.
 */
export function workBetweenMarks(trace: Buffer): ReadonlyMap<string, Work> {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const begun = new Map<string, TraceEvent>();
  const work = new Map<string, Work>();
  const events = traceEvents.sort((one, other) => one.ts - other.ts);
  const busy = events.filter(({ name, ph, dur }) => ph === 'X' && dur !== undefined && WORK.has(name));
  for (const event of events) {
    const mark = /^(begin|end)-(.+)$/u.exec(event.name);
    const [, side, id] = mark ?? [];
    if (id === undefined) continue;
    if (side === 'begin') begun.set(id, event);
    const begin = begun.get(id);
    if (side !== 'end' || begin === undefined) continue;
    const sameThread = busy.filter(({ tid, pid }) => tid === begin.tid && pid === begin.pid);
    const drawing = sameThread.find(({ name, ts }) => name === 'FireAnimationFrame' && ts > begin.ts);
    const handedOn = sameThread.find(
      ({ name, ts }) => name === 'Layerize' && drawing !== undefined && ts > drawing.ts && ts < event.ts,
    );
    const shown = handedOn === undefined ? event.ts : handedOn.ts + (handedOn.dur ?? 0);
    const own = sameThread.filter(({ ts, dur = 0 }) => ts + dur > begin.ts && ts < shown);
    const later = sameThread.filter(({ ts }) => ts >= shown && ts < begin.ts + AT_REST);
    work.set(id, { ...workOf(own), afterwards: workOf(later).processor });
  }
  return work;
}

/** Events come by the time they began, so one inside another comes after it. */
function workOf(events: readonly TraceEvent[]): Omit<Work, 'afterwards'> {
  let [clock, processor, until] = [0, 0, 0];
  for (const { ts, dur = 0, tdur = dur } of events) {
    if (ts + dur <= until) continue;
    clock += ts + dur - Math.max(ts, until);
    processor += tdur;
    until = ts + dur;
  }
  return { clock: clock / 1000, processor: processor / 1000 };
}
