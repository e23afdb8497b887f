import type { School } from '@edirae/school';
import type { MapSkill } from '#lib/marks/map-layout.ts';

export interface CatalogueSkill extends MapSkill {
  minutes: number;
  labs: boolean;
}

/** Every skill that is taught or planned, in learning order, as the map draws it. */
export function listCatalogue(school: School): CatalogueSkill[] {
  const modules = new Map(
    school.curriculum.modules.map(({ id, number, title }) => [id, { id, number, title }]),
  );
  return [...school.curriculum.skills.values()]
    .sort((a, b) => a.order - b.order)
    .map(({ id, title, stage, module, requires, buildsOn, minutes, labs }) => ({
      id,
      title,
      stage,
      module: modules.get(module)!,
      requires,
      buildsOn,
      minutes,
      labs: labs.length > 0,
    }));
}
