import type { GoalView, School } from '@edirae/school';
import { layOutGrid } from '#lib/marks/map-layout.ts';
import { glyphOf, isProven, type GlyphName } from '#lib/state.ts';
import { listCatalogue } from './catalogue.ts';
import { drawPlan } from './draw-track.ts';

/** A goal with everything that its page draws. */
export function drawGoal(school: School, goal: GoalView) {
  return {
    goal,
    plan: drawPlan(goal.track, school.clock()),
    map: drawPlace(school, goal),
    of: school.curriculum.skills.size,
  };
}

/** Where the track lies in the whole: every skill as a mark, lines only between those of the track. */
function drawPlace(school: School, { track }: GoalView) {
  const rows = new Map(track.skills.map((row) => [row.id, row]));
  const whole = layOutGrid(listCatalogue(school));
  const nodes = whole.nodes.map(({ skill, x, y }) => ({
    skill: { ...skill, requires: [], buildsOn: [] },
    x,
    y,
  }));
  const edges = whole.edges.filter((edge) => !edge.soft && rows.has(edge.from) && rows.has(edge.to));
  const states = nodes.map(({ skill }): [string, GlyphName] => {
    const row = rows.get(skill.id);
    if (!row) return [skill.id, 'out'];
    if (isProven(row.state)) return [skill.id, glyphOf(row)];
    return [skill.id, row.target ? 'target' : 'new'];
  });
  return { grid: { ...whole, nodes, edges }, states };
}
