import { redirect } from '@sveltejs/kit';
import { adjudicateSchema, benchFilterSchema, routes, unitIdSchema } from '@casebook/contracts';
import type { BenchFilter, UnitId } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

function filterOf(url: URL): BenchFilter | null {
  return benchFilterSchema.nullable().catch(null).parse(url.searchParams.get('filter'));
}

/** As many contested units as are counted. */
const COUNTED = 50;

function unitIn(url: URL, name: string): UnitId | null {
  return unitIdSchema.nullable().catch(null).parse(url.searchParams.get(name));
}

export const load: PageServerLoad = async (event) => {
  const { projectId } = event.params;
  const listed = (filter: BenchFilter, from = {}) =>
    call(event, routes.bench, { params: event.params, query: { ...from, filter, limit: COUNTED } });
  const wished = filterOf(event.url);
  const contested = await listed('contested');
  const disputed =
    wished === null || wished === 'disputed' ? await listed('disputed', cursorOf(event.url)) : null;
  // What a coder contests waits for an answer as well: it is shown at once where nothing is disputed.
  const filter =
    wished ?? (disputed?.rows.length === 0 && contested.rows.length > 0 ? 'contested' : 'disputed');
  const bench =
    filter === 'disputed' && disputed !== null ? disputed : await listed(filter, cursorOf(event.url));
  const asked = unitIn(event.url, 'unit') ?? bench.rows[0]?.unitId ?? null;
  const done = unitIn(event.url, 'done');
  const look = (unitId: UnitId) => call(event, routes.unitToAdjudicate, { params: { projectId, unitId } });
  return {
    filter,
    bench,
    /** How many units are contested, in words. */
    contested: contested.next === null ? String(contested.rows.length) : `more than ${COUNTED}`,
    unit: asked === null ? null : await look(asked),
    /** What was done last, to be undone. */
    done: done === null ? null : await look(done),
  };
};

/** What was chosen: each value is an answer as JSON. Values that are none are left out. */
function answersIn(form: FormData): { answer: unknown; weight?: number }[] {
  const chosen = form.getAll('answer').flatMap((written): { key: string; answer: unknown }[] => {
    if (typeof written !== 'string' || written === '') return [];
    try {
      return [{ key: written, answer: JSON.parse(written) as unknown }];
    } catch {
      return [];
    }
  });
  return chosen.map(({ key, answer }) => {
    const weight = Number(textOf(form, `weight ${key}`));
    return weight > 0 ? { answer, weight } : { answer };
  });
}

function wishOf(form: FormData): { readonly wish: unknown } | { readonly wrong: string } {
  const reason = textOf(form, 'reason').trim();
  const supersedes = textOf(form, 'supersedes');
  const common = {
    ...(reason === '' ? {} : { reason }),
    supersedes: supersedes === '' ? null : supersedes,
  };
  const answers = answersIn(form);
  const kind = textOf(form, 'kind');
  if (kind === 'send-back' || kind === 'reopen') return { wish: { kind, ...common } };
  if (kind === 'keep-several') {
    return answers.length < 2
      ? { wrong: 'Choose two readings or more to keep.' }
      : { wish: { kind, answers, ...common } };
  }
  const [only] = answers;
  if (only === undefined || answers.length > 1) {
    return { wrong: 'Choose one reading to decide for, or keep several.' };
  }
  return {
    wish: { kind: 'decide', answer: only.answer, asGold: textOf(form, 'asGold') !== '', ...common },
  };
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const unitId = unitIdSchema.safeParse(textOf(form, 'unitId'));
    const said = wishOf(form);
    if (!unitId.success || 'wrong' in said) {
      return refuse(form, { answer: 'wrong' in said ? said.wrong : 'Choose a unit.' });
    }
    const body = checked(adjudicateSchema, said.wish as never);
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.adjudicate, {
      params: { projectId: event.params.projectId, unitId: unitId.data },
      body: body.value,
    });
    if (!done.ok) return refused(form, done.problem);
    const filter = filterOf(event.url);
    const next = new URLSearchParams(filter === null ? {} : { filter });
    // What is reopened is looked at again; after anything else the next unit is.
    const goesOn = body.value.kind === 'reopen' ? unitId.data : textOf(form, 'next');
    if (goesOn !== '') next.set('unit', goesOn);
    if (body.value.kind !== 'reopen') next.set('done', unitId.data);
    redirect(303, `?${next.toString()}`);
  },
};
