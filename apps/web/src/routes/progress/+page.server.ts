import { getForecastHistory, getProgress, getTrack, readLedger } from '@edirae/school';
import { toLedgerRow } from '#lib/ledger/ledger-row.ts';
import { drawHistory } from '#lib/marks/forecast-history.ts';
import { listCatalogue } from '#lib/server/catalogue.ts';
import { requireViewer } from '#lib/server/learner.ts';
import type { PageServerLoad } from './$types';

const rowsShown = 25;

export const load: PageServerLoad = async ({ locals }) => {
  const { learnerId } = requireViewer(locals);
  const [progress, found, forecast] = await Promise.all([
    getProgress(locals.school, learnerId),
    getTrack(locals.school, learnerId),
    getForecastHistory(locals.school, learnerId),
  ]);
  const ledger = await readLedger(locals.school, learnerId, {
    after: Math.max(0, progress.ledger.length - rowsShown),
  });
  const catalogue = listCatalogue(locals.school);
  const titles = new Map(catalogue.map(({ id, title }) => [id, title]));
  const modules = new Map(catalogue.map(({ id, module }) => [id, module]));
  return {
    progress,
    forecast,
    drawnForecast: drawHistory(forecast),
    track: found.outcome === 'track' ? { goal: found.track.goal, plan: found.track.plan } : null,
    openSkills:
      found.outcome === 'track'
        ? found.track.skills.filter((skill) => skill.open).map((skill) => skill.id)
        : [],
    modules: Object.fromEntries(progress.skills.map(({ id }) => [id, modules.get(id) ?? null])),
    rows: ledger.events.toReversed().map((event) => toLedgerRow(event, titles)),
  };
};
