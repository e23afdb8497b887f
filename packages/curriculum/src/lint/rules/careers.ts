import type { Career } from '../../curriculum.ts';
import type { LintRule, LintScope } from '../rule.ts';

/** A guide stands on the skill graph: what it names exists, and no stage needs a later one. */
export const careers: LintRule = {
  name: 'careers',
  check(scope) {
    if (!scope.whole) return;
    for (const career of scope.curriculum.careers) {
      checkStages(career, scope);
      checkActions(career, scope);
      checkReferences(career, scope);
    }
    checkNames(scope);
  },
};

function checkStages({ file, stages }: Career, { curriculum, error }: LintScope): void {
  const stageOf = new Map<string, number>();
  for (const [n, { skills }] of stages.entries()) {
    for (const [i, id] of skills.entries()) {
      const at = ['stages', n, 'skills', i];
      if (!curriculum.skills.has(id)) error(file, at, `${id} is no skill; correct the id`);
      if (stageOf.has(id)) error(file, at, `${id} stands in an earlier stage already; name it once`);
      else stageOf.set(id, n);
    }
  }
  for (const [id, n] of stageOf) {
    for (const needed of curriculum.skills.get(id)?.requires ?? []) {
      const stage = stageOf.get(needed);
      const at = ['stages', n, 'skills'];
      if (stage === undefined) error(file, at, `${id} requires ${needed}, which no stage names; add it`);
      else if (stage > n)
        error(file, at, `${id} requires ${needed}, which comes only in stage ${stage + 1}; move one of them`);
    }
  }
}

function checkActions({ file, stages }: Career, { curriculum, error }: LintScope): void {
  const taken = new Set<string>();
  for (const [n, { skills, actions, gate }] of stages.entries()) {
    for (const id of skills) taken.add(id);
    const labsOf = (ids: readonly string[]): Set<string> =>
      new Set(ids.flatMap((id) => curriculum.skills.get(id)?.labs ?? []));
    for (const [i, action] of actions.entries()) {
      const at = ['stages', n, 'actions', i];
      for (const id of action.skills) {
        if (!taken.has(id))
          error(file, at, `links to ${id}, which neither this stage nor an earlier one takes`);
      }
      const labs = labsOf(action.skills);
      for (const { id } of action.labs) {
        if (!labs.has(id)) error(file, at, `the lab ${id} proves none of the skills named beside it`);
      }
    }
    if (gate.lab !== undefined && !labsOf(skills).has(gate.lab))
      error(file, ['stages', n, 'gate'], `the lab ${gate.lab} proves no skill of this stage`);
  }
}

function checkReferences(career: Career, { curriculum, error }: LintScope): void {
  const { file } = career;
  const expect = (
    known: ReadonlySet<string>,
    ids: readonly string[],
    at: PropertyKey[],
    what: string,
  ): void => {
    for (const id of ids)
      if (!known.has(id)) error(file, at, `${id} is no ${what}; correct the id or remove it`);
  };
  const skills = new Set(curriculum.skills.keys());
  expect(
    new Set(curriculum.certifications.map(({ id }) => id)),
    career.certifications,
    ['certifications'],
    'certification',
  );
  expect(
    new Set(curriculum.interviewPrompts.map(({ id }) => id)),
    career.interview.prompts,
    ['interview'],
    'interview prompt',
  );
  const others = new Set(curriculum.careers.filter(({ id }) => id !== career.id).map(({ id }) => id));
  expect(
    others,
    career.related.map((each) => each.career),
    ['related'],
    'other career',
  );
  for (const [n, challenge] of career.challenges.entries())
    expect(skills, challenge.skills, ['challenges', n], 'skill');
}

/** A goal that names a career must mean one. */
function checkNames({ curriculum, error }: LintScope): void {
  const owners = new Map<string, string>();
  for (const { id, title, names, formerly, file } of curriculum.careers) {
    for (const name of new Set([title, ...names, ...formerly].map((each) => each.toLowerCase()))) {
      const owner = owners.get(name);
      if (owner !== undefined)
        error(file, ['names'], `“${name}” already means ${owner}; a name has one meaning`);
      owners.set(name, id);
    }
  }
}
