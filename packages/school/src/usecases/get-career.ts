import { careerRow, careerView, type CareerRowView, type CareerView } from '../present/career-view.ts';
import type { School } from '../school.ts';
import type { NotFound } from './refusals.ts';

const today = (school: Pick<School, 'clock'>): string => new Date(school.clock()).toISOString().slice(0, 10);

/** A guide as it reads today: figures past their shelf life come without their value. */
export function getCareer(school: School, id: string): { outcome: 'career'; career: CareerView } | NotFound {
  const career = school.curriculum.careers.find((each) => each.id === id);
  return career
    ? { outcome: 'career', career: careerView(school, career, today(school)) }
    : { outcome: 'not-found' };
}

/** Every guide, in the order of their lists. */
export function listCareers(school: School): CareerRowView[] {
  return school.curriculum.careers.map((career) => careerRow(school, career, today(school)));
}
