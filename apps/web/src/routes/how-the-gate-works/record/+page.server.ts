import { getGateRecord } from '@edirae/school';
import { recordRows } from '#lib/marks/record-chart.ts';
import { EQUAL_WASTE, RULES_AS_THEY_STAND } from '#lib/server/research.ts';
import type { PageServerLoad } from './$types';

/** The record of this installation, over everybody. */
export const load: PageServerLoad = async ({ locals }) => {
  const record = await getGateRecord(locals.school);
  return { record, rows: recordRows(record), equalWaste: EQUAL_WASTE, asTheyStand: RULES_AS_THEY_STAND };
};
