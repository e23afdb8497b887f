/** Where the four points of a pay distribution lie on a drawing of the given width, with round ticks beneath. */
export interface PayAxis {
  width: number;
  points: { name: string; amount: number; x: number }[];
  ticks: { amount: number; x: number }[];
}

const MARGIN = 40;
/** Money between two ticks. */
const STEP = 20_000;

/** @param width of the drawing, in its own units */
export function layOutPay(pay: { p25: number; p50: number; p75: number; p90: number }, width = 720): PayAxis {
  const from = Math.floor((pay.p25 - STEP / 2) / STEP) * STEP;
  const to = Math.ceil((pay.p90 + STEP / 4) / STEP) * STEP;
  const at = (amount: number): number =>
    Math.round((MARGIN + ((amount - from) / (to - from)) * (width - 2 * MARGIN)) * 10) / 10;
  const named: [string, number][] = [
    ['25th percentile', pay.p25],
    ['median', pay.p50],
    ['75th percentile', pay.p75],
    ['90th percentile', pay.p90],
  ];
  const ticks: PayAxis['ticks'] = [];
  for (let amount = from; amount <= to; amount += STEP) ticks.push({ amount, x: at(amount) });
  return { width, points: named.map(([name, amount]) => ({ name, amount, x: at(amount) })), ticks };
}
