import { browseCards, dropDeck, editCards, renameDeck, setCardsAside, type CardEdit } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

const only = z.enum(['new', 'due', 'suspended', 'leech']);

export const load: PageServerLoad = async ({ locals, url }) => {
  const { learnerId } = requireViewer(locals, '/library/cards');
  const given = (name: string): string | undefined => url.searchParams.get(name)?.slice(0, 200) || undefined;
  const asked = {
    deck: given('deck'),
    text: given('q'),
    tag: given('tag'),
    only: only.safeParse(given('only')).data,
    page: Number(given('page') ?? 1),
  };
  const list = await browseCards(locals.school, learnerId, asked);
  if (list.outcome === 'not-found') error(404, 'No such deck');
  return {
    list,
    asked: { ...asked, text: asked.text ?? '', tag: asked.tag ?? '' },
    now: locals.school.clock(),
  };
};

const acts = z.enum(['suspend', 'resume', 'move', 'tag', 'untag', 'delete']);

export const actions: Actions = {
  edit: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const refs = form.getAll('card').map(String).slice(0, 500);
    const act = acts.safeParse(form.get('act'));
    if (!act.success) return fail(422, { problem: 'Choose what is to be done.' });
    if (refs.length === 0) return fail(422, { problem: 'Choose cards first. Nothing was changed.' });
    if (act.data === 'delete' && form.get('sure') !== 'yes')
      return fail(422, { problem: 'Tick “I am sure” to delete cards. Nothing was changed.' });
    const text = String(form.get('tags') ?? '').slice(0, 1000);
    if ((act.data === 'tag' || act.data === 'untag') && text.trim() === '')
      return fail(422, { problem: 'Write the tags. Nothing was changed.' });
    const result =
      act.data === 'suspend' || act.data === 'resume'
        ? await setCardsAside(locals.school, learnerId, refs, act.data)
        : await editCards(
            locals.school,
            learnerId,
            refs,
            editOf(act.data, text, String(form.get('to') ?? '')),
          );
    if (result.outcome === 'rate-limited') return tooMany(result.retryAfter);
    if (result.outcome === 'not-found')
      return fail(422, { problem: 'Choose a deck to move to. Nothing was changed.' });
    return { done: act.data, cards: result.cards };
  },

  rename: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const name = String(form.get('name') ?? '').trim();
    if (name === '') return fail(422, { problem: 'A deck needs a name. Nothing was changed.' });
    const result = await renameDeck(locals.school, learnerId, String(form.get('deck') ?? ''), name);
    if (result.outcome === 'not-found') error(404, 'No such deck');
    if (result.outcome === 'name-taken')
      return fail(422, { problem: 'Another deck has that name. Nothing was changed.' });
    return { done: 'rename' as const, cards: 0 };
  },

  drop: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    if (form.get('sure') !== 'yes')
      return fail(422, { problem: 'Tick “I am sure” to delete the deck. Nothing was changed.' });
    await dropDeck(locals.school, learnerId, String(form.get('deck') ?? ''));
    redirect(303, '/library/cards');
  },
};

function editOf(act: 'move' | 'tag' | 'untag' | 'delete', tags: string, deck: string): CardEdit {
  if (act === 'move') return { act, deck };
  return act === 'delete' ? { act } : { act, tags };
}
