import type { Test } from './kinds.ts';

/** Reads the files of the submission as text; nothing of them runs. */
export function packaging(): Test[] {
  return [
    {
      name: 'the image has a pinned base, a user of its own and only what it needs',
      rubric: 'container',
      skill: 'container-images',
      steps: [{ file: 'Containerfile' }],
      check: ([text]) => containerfile(text),
    },
    {
      name: 'the package says its Python, its pins and its strict types',
      rubric: 'container',
      skill: 'py-packaging-typing',
      steps: [{ file: 'pyproject.toml' }],
      check: ([text]) => pyproject(text),
    },
  ];
}

/** Instructions of a Containerfile, joined over continued lines, without comments. */
function containerfile(text: unknown): string | null {
  if (typeof text !== 'string') return 'there is no Containerfile beside solution.py';
  const lines = text
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const all = lines.map((line) => ({ word: line.split(/\s+/)[0]!.toUpperCase(), rest: line.replace(/^\S+\s*/, '') }));
  const stages = new Set<string>();
  for (const { rest } of all.filter(({ word }) => word === 'FROM')) {
    const [image, , name] = rest.replace(/^--\S+\s+/, '').split(/\s+/);
    if (!stages.has(image!) && !/@sha256:[0-9a-f]{64}$/.test(image!)) return `${image} is not pinned by its digest: a tag can move`;
    if (name) stages.add(name);
  }
  if (!all.some(({ word }) => word === 'FROM')) return 'it has no FROM';
  const last = all.slice(all.findLastIndex(({ word }) => word === 'FROM'));
  const user = last.findLast(({ word }) => word === 'USER')?.rest.split(':')[0];
  if (user === undefined || user === 'root' || user === '0') return 'it runs as root';
  for (const { word, rest } of all) {
    const parts = rest.split(/\s+/).filter((part) => !part.startsWith('--'));
    if (word === 'ADD') return 'ADD fetches and unpacks; COPY says what happens';
    if (word === 'COPY' && parts.slice(0, -1).some((part) => /^(\.|\.\/|\*|\/)$/.test(part))) return `“${word} ${rest}” copies everything that lies around`;
    if ((word === 'ENV' || word === 'ARG') && /(secret|password|token|api_?key)/i.test(rest)) return 'a secret in an image is no secret';
  }
  const start = last.findLast(({ word }) => word === 'CMD' || word === 'ENTRYPOINT');
  return start && start.rest.startsWith('[') ? null : 'it starts through a shell, which does not pass signals on: use a list';
}

function pyproject(text: unknown): string | null {
  if (typeof text !== 'string') return 'there is no pyproject.toml beside solution.py';
  const section = (name: string) => new RegExp(`^\\[${name.replaceAll('.', '\\.')}\\]\\s*$([\\s\\S]*?)(?=^\\[|$(?![\\s\\S]))`, 'm').exec(text)?.[1] ?? '';
  const project = section('project');
  for (const key of ['name', 'version', 'requires-python']) if (!new RegExp(`^${key}\\s*=\\s*"[^"]+"`, 'm').test(project)) return `[project] has no ${key}`;
  if (!/^strict\s*=\s*true/m.test(section('tool.mypy'))) return '[tool.mypy] is not strict';
  const lists = [...(project + section('project.optional-dependencies')).matchAll(/^[\w-]+\s*=\s*\[([^\]]*)\]/gm)].flatMap(([, list]) => [...list!.matchAll(/"([^"]+)"/g)].map(([, one]) => one!));
  const loose = lists.find((one) => !/==\d/.test(one));
  return loose === undefined ? null : `${loose} is not pinned to a version`;
}
