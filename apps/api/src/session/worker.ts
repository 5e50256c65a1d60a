import type { Services } from '../services.ts';
import { sendReset } from './service.ts';

export async function sessionWorker(services: Services): Promise<void> {
  await services.jobs.work('request-reset', (request) => sendReset(services, request));
}
