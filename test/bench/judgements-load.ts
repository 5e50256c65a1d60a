/**
 * A process of annotators: each claims a block, judges its units one request at a time, hands it in and claims the
 * next, until the time is over. Told by its first message, answers with what it measured.
 */
import { uuidv7 } from 'uuidv7';
import { ThinClient } from './thin-client.ts';

export interface LoadOrder {
  readonly address: string;
  readonly seconds: number;
  readonly tasks: readonly {
    readonly projectId: string;
    readonly taskId: string;
    readonly cookies: readonly string[];
  }[];
  readonly annotators: number;
  /** Submissions after which an annotator stops, whatever the time. */
  readonly most: number;
  /** Later annotators stop up to so many submissions later, so that they don't go on in step. */
  readonly spread: number;
}

export interface LoadReport {
  readonly seconds: number;
  readonly requests: number;
  /** Milliseconds from sending a submission to its receipt, in order, all annotators together. */
  readonly latencies: readonly number[];
  readonly failures: readonly string[];
}

interface ClaimedLease {
  readonly kind: 'lease' | 'none';
  readonly lease: {
    readonly id: string;
    readonly units: readonly { readonly id: string }[];
    readonly judgements: readonly { readonly unitId: string }[];
  };
}

let requests = 0;

async function run(order: LoadOrder): Promise<LoadReport> {
  const latencies: number[] = [];
  const failures: string[] = [];
  const start = performance.now();
  const over = () => performance.now() - start > order.seconds * 1000;
  const annotate = async (index: number) => {
    const client = new ThinClient(order.address);
    const post = (path: string, cookie: string, body: string) => {
      requests += 1;
      return client.post(path, cookie, body);
    };
    try {
      await judge(index, post);
    } finally {
      client.close();
    }
  };
  const judge = async (
    index: number,
    post: (path: string, cookie: string, body: string) => ReturnType<ThinClient['post']>,
  ) => {
    let submitted = 0;
    const most = order.most + (order.spread === 0 ? 0 : index % order.spread);
    for (const task of order.tasks) {
      const cookie = task.cookies[index];
      if (cookie === undefined) return;
      while (!over() && submitted < most) {
        const claimed = JSON.parse(
          (await post(`/projects/${task.projectId}/tasks/${task.taskId}/leases`, cookie, '')).text,
        ) as ClaimedLease;
        if (claimed.kind === 'none') break;
        const { lease } = claimed;
        const judged = new Set(lease.judgements.map((judgement) => judgement.unitId));
        for (const unit of lease.units) {
          if (judged.has(unit.id)) continue;
          const body = JSON.stringify({
            submissionId: uuidv7(),
            unitId: unit.id,
            act: { kind: 'answer', answer: { kind: 'rating', value: submitted % 7 } },
            elapsedMs: 1500,
          });
          const sent = performance.now();
          const answer = await post(
            `/projects/${task.projectId}/tasks/${task.taskId}/judgements`,
            cookie,
            body,
          );
          latencies.push(performance.now() - sent);
          if (answer.status !== 200) failures.push(`${String(answer.status)} ${answer.text}`);
          submitted += 1;
          if (over() || submitted >= most) return;
        }
        await post(`/projects/${task.projectId}/leases/${lease.id}/finish`, cookie, '');
      }
    }
  };
  await Promise.all(Array.from({ length: order.annotators }, (_, index) => annotate(index)));
  return { seconds: (performance.now() - start) / 1000, requests, latencies, failures: failures.slice(0, 5) };
}

process.once('message', (order: LoadOrder) => {
  void run(order).then((report) => process.send?.(report, () => process.exit(0)));
});
