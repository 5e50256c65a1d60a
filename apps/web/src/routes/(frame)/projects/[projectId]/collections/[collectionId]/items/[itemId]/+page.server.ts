import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params } = event;
  const [item, collection] = await Promise.all([
    call(event, routes.item, { params }),
    call(event, routes.collection, {
      params: { projectId: params.projectId, collectionId: params.collectionId },
    }),
  ]);
  return { item, collection };
};
