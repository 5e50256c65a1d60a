import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import type { Ledger } from './ledger.ts';
import type { PlantedTask } from './planting.ts';

interface Claimed {
  readonly kind: 'lease' | 'none';
  readonly lease: {
    readonly id: string;
    readonly units: readonly { readonly id: string }[];
    readonly judgements: readonly { readonly unitId: string }[];
  };
}

/** A server that answers nothing else for so long is broken, not restarting. */
const PATIENCE_MS = 60_000;

/** A coder who judges block after block and, like the product's queue, retries whatever was not acknowledged. */
export async function annotate(
  addresses: readonly string[],
  task: PlantedTask,
  cookie: string,
  options: { readonly ledger?: Ledger; readonly over: () => boolean; readonly pauseMs?: number },
): Promise<void> {
  let turn = 0;
  const post = async (path: string, body?: unknown): Promise<Response> => {
    for (const since = Date.now(); ;) {
      turn += 1;
      const address = addresses[turn % addresses.length] ?? '';
      const response = await fetch(`${address}/api/v1/projects/${task.projectId}${path}`, {
        method: 'POST',
        headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => undefined);
      if (response !== undefined && response.status < 500) return response;
      if (Date.now() - since > PATIENCE_MS)
        throw new Error(
          `${path}: no answer in a minute but ${response === undefined ? 'none' : `${String(response.status)} ${await response.text()}`}`,
        );
      await sleep(15);
    }
  };
  while (!options.over()) {
    const claimed = (await (await post(`/tasks/${task.taskId}/leases`)).json()) as Claimed;
    if (claimed.kind === 'none') return;
    const judged = new Set(claimed.lease.judgements.map((judgement) => judgement.unitId));
    for (const unit of claimed.lease.units) {
      if (judged.has(unit.id)) continue;
      if (options.over()) return;
      const submissionId = uuidv7();
      options.ledger?.write({ kind: 'sent', submissionId });
      const response = await post(`/tasks/${task.taskId}/judgements`, {
        submissionId,
        unitId: unit.id,
        act: { kind: 'answer', answer: { kind: 'rating', value: 3 } },
        elapsedMs: 900,
      });
      if (response.status !== 200) throw new Error(`${String(response.status)} ${await response.text()}`);
      await response.text();
      options.ledger?.write({ kind: 'acknowledged', submissionId });
      if (options.pauseMs !== undefined) await sleep(options.pauseMs);
    }
    await post(`/leases/${claimed.lease.id}/finish`);
  }
}
