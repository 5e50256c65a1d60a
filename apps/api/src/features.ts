import type { FastifyInstance } from 'fastify';
import { adjudicationRoutes } from './adjudication/routes.ts';
import { agreementRoutes } from './agreement/routes.ts';
import { judgementRoutes } from './judgements/routes.ts';
import { leaseRoutes } from './leases/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { collectionRoutes } from './collections/routes.ts';
import { decisionRoutes } from './decisions/routes.ts';
import { contestRoutes } from './contests/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { guidelineRoutes } from './guidelines/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { memberRoutes } from './members/routes.ts';
import { outsideRoutes } from './outside/routes.ts';
import { phraseRoutes } from './phrases/routes.ts';
import { projectRoutes } from './projects/routes.ts';
import { questionRoutes } from './questions/routes.ts';
import { releaseRoutes } from './releases/routes.ts';
import { secondLookRoutes } from './tasks/second-looks/routes.ts';
import { taskRoutes } from './tasks/routes.ts';
import { tokenRoutes } from './tokens/routes.ts';
import { trainingRoutes } from './training/routes.ts';
import { validationRoutes } from './validation/routes.ts';
import { scoringRoutes } from './scoring/routes.ts';
import { providerRoutes } from './session/provider/routes.ts';
import type { Services } from './services.ts';
import { sideBySideRoutes } from './side-by-side/routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';

/** Every feature that speaks HTTP, below `/api/v1`. */
export const features: readonly ((app: FastifyInstance, services: Services) => void)[] = [
  sessionRoutes,
  providerRoutes,
  projectRoutes,
  guidelineRoutes,
  decisionRoutes,
  questionRoutes,
  invitationRoutes,
  memberRoutes,
  tokenRoutes,
  webhookRoutes,
  auditRoutes,
  collectionRoutes,
  importRoutes,
  phraseRoutes,
  taskRoutes,
  secondLookRoutes,
  exportRoutes,
  releaseRoutes,
  leaseRoutes,
  judgementRoutes,
  trainingRoutes,
  validationRoutes,
  adjudicationRoutes,
  sideBySideRoutes,
  contestRoutes,
  agreementRoutes,
  outsideRoutes,
  scoringRoutes,
];
