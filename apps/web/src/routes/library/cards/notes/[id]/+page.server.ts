import { addNote, browseCards, changeNote, dropNote, findNote, getSkill, previewNote } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { ensureLearner, requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const { learnerId } = requireViewer(locals, '/library/cards');
  const list = await browseCards(locals.school, learnerId, { only: 'leech' });
  const decks = list.outcome === 'list' ? list.decks : [];
  if (params.id !== 'new') {
    const note = await findNote(locals.school, learnerId, params.id);
    if (!note) error(404, 'No such card');
    return { note, decks };
  }
  const given = (name: string): string => (url.searchParams.get(name) ?? '').slice(0, 2000);
  const skill = given('skill') ? await getSkill(locals.school, learnerId, given('skill')) : undefined;
  const found = skill?.outcome === 'skill' ? { id: skill.skill.id, title: skill.skill.title } : null;
  return {
    note: {
      id: 'new',
      form: 'basic' as const,
      front: given('text'),
      back: '',
      both: false,
      tags: [],
      deck: decks.find(({ id }) => id === given('deck')) ?? null,
      skill: found,
      source: found && given('text') ? given('text') : null,
      cards: 0,
    },
    decks,
  };
};

const noteForm = z.object({
  front: z.string().max(20_000),
  back: z.string().max(20_000).catch(''),
  both: z.literal('yes').optional(),
  tags: z.string().max(2_000).catch(''),
  deck: z.string().max(200).catch(''),
  newDeck: z.string().max(200).catch(''),
  skill: z.string().max(200).optional(),
  source: z.string().max(2_000).optional(),
});

export const actions: Actions = {
  keep: async (event) => {
    const learnerId = await ensureLearner(event);
    const { school } = event.locals;
    const kept = Object.fromEntries(await event.request.formData());
    const parsed = noteForm.safeParse(kept);
    if (!parsed.success)
      return fail(422, { kept, problem: 'A side is too long: at most 20,000 characters.' });
    const { newDeck, deck, both, ...rest } = parsed.data;
    const written = { ...rest, both: both === 'yes', deck: newDeck.trim() || deck };
    const isNew = event.params.id === 'new';
    const result = isNew
      ? await addNote(school, learnerId, written)
      : await changeNote(school, learnerId, event.params.id, written);
    switch (result.outcome) {
      case 'written':
        return redirect(303, `/library/cards/notes/${result.note}?kept=${result.cards}`);
      case 'empty':
        return fail(422, { kept, problem: 'The front is empty. Nothing was kept yet.' });
      case 'rate-limited':
        return tooMany(result.retryAfter);
      default:
        return error(404, 'No such card');
    }
  },

  preview: async ({ request, locals }) => {
    requireViewer(locals);
    const kept = Object.fromEntries(await request.formData());
    const parsed = noteForm.safeParse(kept);
    if (!parsed.success)
      return fail(422, { kept, problem: 'A side is too long: at most 20,000 characters.' });
    const { front, back, both } = parsed.data;
    return { kept, preview: previewNote(front, back, both === 'yes') };
  },

  drop: async ({ request, locals, params }) => {
    const { learnerId } = requireViewer(locals);
    if ((await request.formData()).get('sure') !== 'yes')
      return fail(422, { problem: 'Tick “I am sure” to delete the card. Nothing was changed.' });
    await dropNote(locals.school, learnerId, params.id);
    redirect(303, '/library/cards');
  },
};
