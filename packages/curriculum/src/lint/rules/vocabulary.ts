import type { LintRule } from '../rule.ts';

/** Every phrase of the vocabulary leads somewhere: to skills, modules and classes of words that exist. */
export const vocabulary: LintRule = {
  name: 'vocabulary',
  check({ curriculum, error }) {
    const { topics, outsides, backgrounds, roles, classes, questions, asked } = curriculum.vocabulary;
    const modules = new Set(curriculum.modules.map(({ id }) => id));
    const check = (file: string, id: string, say: readonly string[], skills: readonly string[]): void => {
      const path = `vocabulary/${file}.yaml`;
      for (const skill of skills)
        if (!curriculum.skills.has(skill))
          error(path, skill, `${id} leads to ${skill}, which is no skill; correct the id or remove it`);
      for (const [, name = ''] of say.join(' ').matchAll(/<([^>]*)>/g))
        if (!(name in classes))
          error(path, `<${name}>`, `${id} uses <${name}>, which is no class of words.yaml; define it there`);
    };
    for (const { id, file, say, core, part, near } of topics) {
      check(file, id, say, [...core, ...part, ...near]);
      if (core.length + part.length + near.length === 0)
        error(`vocabulary/${file}.yaml`, id, `${id} leads to no skill; name one, or move it to outside.yaml`);
    }
    for (const { id, say, near } of outsides) check('outside', id, say, near);
    for (const { id, say, likely } of backgrounds) check('backgrounds', id, say, likely);
    for (const [skill, say] of Object.entries(questions)) check('questions', skill, say, [skill]);
    for (const skill of Object.keys(asked)) check('asked', skill, [], [skill]);
    for (const { id, say, modules: own, skills, without } of roles) {
      check('roles', id, say, [...skills, ...without]);
      for (const module of own)
        if (!modules.has(module))
          error('vocabulary/roles.yaml', module, `${id} takes the module ${module}, which does not exist`);
    }
  },
};
