import type { Plugin } from 'vite';
import { openCardPress, type Card } from './draw-card.ts';
import { readGuides } from './read-guides.ts';

const CONTENT = new URL('../../../content', import.meta.url).pathname;

/** Draws a picture for link previews for every guide and for the rest: `/og/<career>.png` and `/og/edirae.png`. */
export function cards(): Plugin {
  return {
    name: 'edirae-cards',
    async generateBundle() {
      if (this.environment.name !== 'client') return;
      const draw = await openCardPress();
      for (const [name, card] of await listCards())
        this.emitFile({ type: 'asset', fileName: `og/${name}.png`, source: draw(card) });
    },
    configureServer(server) {
      // In development they are drawn when asked for.
      server.middlewares.use('/og/', (request, response, next) => {
        const name = /^\/([a-z0-9-]+)\.png/.exec(request.url ?? '')?.[1] ?? '';
        void listCards()
          .then(async (all) => {
            const card = all.get(name);
            if (!card) return next();
            response.setHeader('content-type', 'image/png');
            response.end((await openCardPress())(card));
          })
          .catch(next);
      });
    },
  };
}

async function listCards(): Promise<Map<string, Card>> {
  const curriculum = await readGuides(CONTENT);
  const careers = curriculum?.careers ?? [];
  const stages = [1, 2, 3, 4].map((stage) => ({
    title: ['Foundations', 'Production', 'Senior and lead', 'Architect'][stage - 1] ?? '',
    skills: [...(curriculum?.skills.values() ?? [])].filter((skill) => skill.stage === stage).length,
  }));
  const rest: Card = {
    title: 'Learn it, show it, keep it.',
    text: 'Mastery learning for engineers. The next skill opens when a check you take without help shows that the last one holds.',
    stages,
  };
  const guides = careers.map(({ id, title, summary, stages: own }): [string, Card] => [
    id,
    { title, text: summary, stages: own.map((each) => ({ title: each.title, skills: each.skills.length })) },
  ]);
  return new Map([['edirae', rest], ...guides]);
}
