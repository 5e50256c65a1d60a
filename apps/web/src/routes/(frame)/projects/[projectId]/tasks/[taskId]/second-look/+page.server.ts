import { redirect } from '@sveltejs/kit';
import { makeSecondLookSchema, memberIdSchema, routes, secondLookRuleSchema } from '@casebook/contracts';
import type { Problem, SecondLookRule } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { ruleOf } from './rule-in-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params, url } = event;
  const { projectId } = params;
  const [versions, use, decisions] = await Promise.all([
    call(event, routes.guidelines, { params: { projectId } }),
    call(event, routes.guidelineUse, { params: { projectId } }),
    call(event, routes.decisions, { params: { projectId } }),
  ]);
  const newest = versions[0]?.version ?? 0;
  const own = use.filter(({ taskId }) => taskId === params.taskId);
  const before = (version: number): number =>
    own.reduce((sum, one) => sum + ((one.version ?? 0) < version ? one.judgements : 0), 0);
  const usual: SecondLookRule =
    before(newest) > 0
      ? { kind: 'before-version', version: newest }
      : { kind: 'differing', by: 'disagreement', least: 0, most: 20 };
  const rule = ruleOf(url.searchParams, usual);
  const preview = await attempt(event, routes.previewSecondLook, { params, body: { rule, coders: null } });
  if (!preview.ok && preview.problem.status === 404) {
    // Says so by the error page; who may not manage finds nothing here.
    await call(event, routes.previewSecondLook, { params, body: { rule, coders: null } });
  }
  return {
    rule,
    versions: versions.map(({ version, note }) => ({ version, note, judgements: before(version) })),
    decisions: decisions.filter(({ withdrawal }) => withdrawal === null),
    preview: preview.ok ? preview.value : null,
    problem: preview.ok ? null : sentenceOf(preview.problem),
  };
};

function sentenceOf({ fields, detail }: Problem): string {
  const said = fields?.[0]?.message ?? detail;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${said.endsWith('.') ? '' : '.'}`;
}

function storedRule(text: string): SecondLookRule | undefined {
  try {
    return secondLookRuleSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const rule = storedRule(textOf(form, 'chosenBy'));
    if (rule === undefined) return refuse(form, { rule: 'Choose what is to be looked at again.' });
    const coders = form.getAll('coder').flatMap((id) => memberIdSchema.safeParse(id).data ?? []);
    if (coders.length === 0) return refuse(form, { coders: 'Choose at least one expert.' });
    const body = checked(makeSecondLookSchema, { name: textOf(form, 'name'), rule, coders });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.makeSecondLook, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, `/projects/${event.params.projectId}/tasks/${done.value.id}`);
  },
};
