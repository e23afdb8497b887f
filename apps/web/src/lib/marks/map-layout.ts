/**
 * Where skills and the lines between them stand. Pure, so that the server draws what the browser draws.
 * Two shapes: a lane per stage with a skill per row (one track), and modules by stages with a glyph per skill (everything).
 */
export interface MapSkill {
  id: string;
  title: string;
  stage: number;
  module: { id: string; number: number; title: string };
  requires: string[];
  buildsOn: string[];
}

export interface Edge {
  from: string;
  to: string;
  /** Full lines lock, dotted ones only help. */
  soft: boolean;
  d: string;
}

export const stageNames = ['Foundations', 'Production', 'Senior and lead', 'Architect'];
const characterWidth = 7.4;

/** @param least share of `most` that a cut at a word keeps; below it a word is cut */
export function shorten(title: string, most = 34, least = 0.75): string {
  if (title.length <= most) return title;
  const cut = title.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > most * least ? space : most - 1).replace(/([,:;.]| (and|or|for|of|in|to|with|the))+$/, '')}…`;
}

function linesBetween<T extends MapSkill>(skills: T[], path: (from: T, to: T) => string): Edge[] {
  const byId = new Map(skills.map((skill) => [skill.id, skill]));
  return skills.flatMap((to) =>
    [
      ...to.requires.map((id) => ({ id, soft: false })),
      ...to.buildsOn.map((id) => ({ id, soft: true })),
    ].flatMap(({ id, soft }) => {
      const from = byId.get(id);
      return from ? [{ from: id, to: to.id, soft, d: path(from, to) }] : [];
    }),
  );
}

export interface LaneNode<T> {
  skill: T;
  text: string;
  x: number;
  y: number;
  width: number;
}

const lane = { width: 330, top: 58, row: 34 };

/** One track: a lane for each stage that has skills, arcs left of a lane, curves between lanes. */
export function layOutLanes<T extends MapSkill>(skills: T[]) {
  const stages = [...new Set(skills.map((skill) => skill.stage))].sort((a, b) => a - b);
  const lanes = stages.map((stage, i) => ({
    stage,
    name: stageNames[stage - 1] ?? `Stage ${stage}`,
    x: 4 + i * lane.width,
    skills: skills.filter((skill) => skill.stage === stage),
  }));
  const nodes: LaneNode<T>[] = lanes.flatMap(({ x, skills }, i) =>
    skills.map((skill, row) => {
      // The last lane ends where the page does.
      const text = i === lanes.length - 1 && i > 0 ? shorten(skill.title, 26, 0.3) : shorten(skill.title);
      return {
        skill,
        text,
        x: x + 26,
        y: lane.top + row * lane.row,
        width: 40 + text.length * characterWidth,
      };
    }),
  );
  const place = new Map(nodes.map((node) => [node.skill.id, node]));
  const edges = linesBetween(skills, (fromSkill, toSkill) => {
    const from = place.get(fromSkill.id)!;
    const to = place.get(toSkill.id)!;
    if (fromSkill.stage === toSkill.stage) {
      const bow = Math.min(22, 7 + (Math.abs(to.y - from.y) / lane.row) * 4.5);
      return `M${from.x} ${from.y}C${from.x - bow} ${from.y} ${from.x - bow} ${to.y} ${to.x} ${to.y}`;
    }
    const start = from.x + from.width;
    return `M${start} ${from.y}C${start + 60} ${from.y} ${to.x - 60} ${to.y} ${to.x - 1} ${to.y}`;
  });
  const rows = Math.max(1, ...lanes.map(({ skills }) => skills.length));
  return {
    lanes,
    nodes,
    edges,
    width: Math.max(1, lanes.length) * lane.width - 80,
    height: lane.top + rows * lane.row - 4,
  };
}

const grid = { left: 250, slot: 31, gap: 22, top: 59.5, row: 27 };

/** Everything: a row for each module, a column group for each stage. */
export function layOutGrid<T extends MapSkill>(skills: T[]) {
  const modules = [...new Map(skills.map((skill) => [skill.module.id, skill.module])).values()].sort(
    (a, b) => a.number - b.number,
  );
  const stages = [...new Set(skills.map((skill) => skill.stage))].sort((a, b) => a - b);
  const cell = (module: string, stage: number): T[] =>
    skills.filter((skill) => skill.module.id === module && skill.stage === stage);
  let x = grid.left;
  const columns = stages.map((stage) => {
    const slots = Math.max(4, ...modules.map((module) => cell(module.id, stage).length));
    const column = { stage, name: stageNames[stage - 1] ?? `Stage ${stage}`, x, width: slots * grid.slot };
    x += column.width + grid.gap;
    return column;
  });
  const rows = modules.map((module, i) => ({ module, y: grid.top + i * grid.row }));
  const nodes = rows.flatMap(({ module, y }) =>
    columns.flatMap((column) =>
      cell(module.id, column.stage).map((skill, slot) => ({
        skill,
        x: column.x + (slot + 0.5) * grid.slot,
        y,
      })),
    ),
  );
  const place = new Map(nodes.map((node) => [node.skill.id, node]));
  const edges = linesBetween(skills, (fromSkill, toSkill) => {
    const from = place.get(fromSkill.id)!;
    const to = place.get(toSkill.id)!;
    const reach = Math.max(24, Math.abs(to.x - from.x) * 0.45);
    return `M${from.x} ${from.y}C${from.x + reach} ${from.y} ${to.x - reach} ${to.y} ${to.x} ${to.y}`;
  });
  return {
    columns,
    rows,
    nodes,
    edges,
    width: x - grid.gap + 6,
    height: grid.top + Math.max(0, rows.length - 1) * grid.row + 20,
  };
}
