import { listCareers, type School } from '@edirae/school';
import { simulateLearner } from '#lib/marks/simulated-learner.ts';
import { layOutGrid } from '#lib/marks/map-layout.ts';
import { goalExamples } from '#lib/parts/goal-examples.ts';
import { cacheForVisitors } from '#lib/server/cache-page.ts';
import { listCatalogue } from '#lib/server/catalogue.ts';
import { EQUAL_WASTE } from '#lib/server/research.ts';
import { describeSite } from '#lib/server/structured-data.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, setHeaders }) => {
  cacheForVisitors({ locals, setHeaders });
  const catalogue = listCatalogue(locals.school);
  const simulated = simulateLearner(
    catalogue.map(({ id, minutes, labs }) => ({ id, minutes, applied: labs })),
  );
  return {
    map: thin(layOutGrid(catalogue)),
    skills: catalogue.length,
    minutes: catalogue.reduce((sum, skill) => sum + skill.minutes, 0),
    simulated,
    careers: listCareers(locals.school),
    filled: goalFrom(locals.school, url.searchParams),
    research: EQUAL_WASTE.find(({ set }) => set.startsWith('ASSISTments 2009')) ?? null,
    facts: describeSite(locals.school.config.origin),
  };
};

/** The goal that a guide or an example puts into the box. An address names one of ours; it is no place for other words. */
function goalFrom({ curriculum }: School, asked: URLSearchParams): string {
  const career = curriculum.careers.find(({ id }) => id === asked.get('career'));
  return career?.goal ?? goalExamples[Number(asked.get('example') ?? -1)] ?? '';
}

/** The drawing without what only its layout needed. */
function thin(map: ReturnType<typeof layOutGrid>): ReturnType<typeof layOutGrid> {
  const bare = map.nodes.map(({ skill, x, y }) => ({
    skill: { ...skill, requires: [], buildsOn: [] },
    x,
    y,
  }));
  return { ...map, nodes: bare };
}
