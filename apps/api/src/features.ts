import type { FastifyInstance } from 'fastify';
import { agreementRoutes } from './agreement/routes.ts';
import { judgementRoutes } from './judgements/routes.ts';
import { leaseRoutes } from './leases/routes.ts';
import type { Services } from './services.ts';
import { sessionRoutes } from './session/routes.ts';

/** Every feature that speaks HTTP, below `/api/v1`. */
export const features: readonly ((app: FastifyInstance, services: Services) => void)[] = [
  sessionRoutes,
  leaseRoutes,
  judgementRoutes,
  agreementRoutes,
];
