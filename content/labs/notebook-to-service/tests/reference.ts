import type { Row } from './orders.ts';
import { HOUR } from './orders.ts';

/** The grader's own pipeline: the definitions of the instructions, in matrices. */

export type Config = { cutoff_ms: number; l2: number; min_carrier: number; cost_call: number; cost_miss: number; saved: number; max_calls: number };
const late = (row: Row) => Number(row.delivered_ms! > row.promised_ms);

export function split(rows: Row[], cutoff: number) {
  const sorted = [...rows].sort((a, b) => a.placed_ms - b.placed_ms || (a.id < b.id ? -1 : 1));
  return {
    train: sorted.filter((row) => row.placed_ms < cutoff && row.delivered_ms !== null && row.delivered_ms < cutoff),
    test: sorted.filter((row) => row.placed_ms >= cutoff && row.delivered_ms !== null),
  };
}

const median = (list: number[]) => {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length === 0 ? 0 : sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
const known = (list: (number | null)[]) => list.filter((one) => one !== null);
const tidy = (name: string) => name.trim().toLowerCase();

export function encoder(rows: Row[], minCarrier: number) {
  const km = median(known(rows.map((row) => row.distance_m)).map((m) => m / 1000));
  const kg = median(known(rows.map((row) => row.weight_g)).map((g) => g / 1000));
  const carriers = [...new Set(rows.map((row) => tidy(row.carrier)))]
    .filter((name) => rows.filter((row) => tidy(row.carrier) === name).length >= minCarrier)
    .sort();
  const raw = (row: Row): [string, number][] => {
    const local = row.placed_ms / HOUR + row.offset_min / 60;
    const turn = (2 * Math.PI * (local % 24)) / 24;
    const weekday = new Date(row.placed_ms + row.offset_min * 60_000).getUTCDay();
    return [
      ['distance', Math.log1p(row.distance_m === null ? km : row.distance_m / 1000)],
      ['distance_missing', Number(row.distance_m === null)],
      ['hour_cos', Math.cos(turn)],
      ['hour_sin', Math.sin(turn)],
      ['items', Math.log1p(row.items)],
      ['slack_h', (row.promised_ms - row.placed_ms) / HOUR],
      ['weekend', Number(weekday === 0 || weekday === 6)],
      ['weight', row.weight_g === null ? kg : row.weight_g / 1000],
      ['weight_missing', Number(row.weight_g === null)],
      ...carriers.map((name): [string, number] => [`carrier=${name}`, Number(tidy(row.carrier) === name)]),
    ];
  };
  const table = rows.map((row) => raw(row).map(([, value]) => value));
  const names = rows.length > 0 ? raw(rows[0]!).map(([name]) => name) : [];
  const mean = names.map((_, at) => table.reduce((sum, line) => sum + line[at]!, 0) / table.length);
  const scale = names.map((_, at) => Math.sqrt(table.reduce((sum, line) => sum + (line[at]! - mean[at]!) ** 2, 0) / table.length) || 1);
  return { names, encode: (row: Row) => raw(row).map(([, value], at) => (value - mean[at]!) / scale[at]!) };
}

const logistic = (value: number) => 1 / (1 + Math.exp(-value));

/** The minimum by Newton's method with Gauss's elimination. */
export function fit(inputs: number[][], labels: number[], l2: number): number[] {
  const table = inputs.map((line) => [1, ...line]);
  const size = table[0]!.length;
  const beta = Array.from({ length: size }, () => 0);
  for (let round = 0; round < 60; round++) {
    const system = beta.map((_, i) => [...beta.map((_, j) => (i === j && i > 0 ? l2 : 0)), i === 0 ? 0 : l2 * beta[i]!]);
    table.forEach((line, at) => {
      const chance = logistic(line.reduce((sum, value, i) => sum + value * beta[i]!, 0));
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) system[i]![j]! += (chance * (1 - chance) * line[i]! * line[j]!) / table.length;
        system[i]![size]! += ((chance - labels[at]!) * line[i]!) / table.length;
      }
    });
    for (let i = 0; i < size; i++) {
      if (Math.abs(system[i]![i]!) < 1e-12) system[i]![i] = 1e-12;
      for (let k = 0; k < size; k++) {
        if (k === i) continue;
        const by = system[k]![i]! / system[i]![i]!;
        for (let j = i; j <= size; j++) system[k]![j]! -= by * system[i]![j]!;
      }
    }
    let most = 0;
    for (let i = 0; i < size; i++) {
      const step = system[i]![size]! / system[i]![i]!;
      beta[i]! -= step;
      most = Math.max(most, Math.abs(step));
    }
    if (most < 1e-11) break;
  }
  return beta;
}

export function pipeline(rows: Row[], config: Config) {
  const { train, test } = split(rows, config.cutoff_ms);
  const parts = Math.floor((train.length * 3) / 4);
  const [older, held] = [train.slice(0, parts), train.slice(parts)];
  const { names, encode } = encoder(older, config.min_carrier);
  const beta = fit(older.map(encode), older.map(late), config.l2);
  const score = (row: Row) => logistic(encode(row).reduce((sum, value, at) => sum + value * beta[at + 1]!, beta[0]!));
  return { train, test, older, held, names, encode, beta, score, late };
}

/** Cost of calling from `threshold` on. */
export const cost = (scores: number[], labels: number[], threshold: number, { cost_call, cost_miss, saved }: Pick<Config, 'cost_call' | 'cost_miss' | 'saved'>) =>
  scores.reduce((sum, score, at) => sum + (score >= threshold ? cost_call + labels[at]! * cost_miss * (1 - saved) : labels[at]! * cost_miss), 0);

/** The least cost by trying every score, with no more calls than allowed. */
export function least(scores: number[], labels: number[], config: Config): number {
  const most = Math.floor(config.max_calls * scores.length);
  return Math.min(
    ...[Infinity, ...scores]
      .filter((threshold) => scores.filter((score) => score >= threshold).length <= most)
      .map((threshold) => cost(scores, labels, threshold, config)),
  );
}

export function metrics(labels: number[], scores: number[], threshold: number, costs: Pick<Config, 'cost_call' | 'cost_miss' | 'saved'>) {
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const count = (test: (label: number, called: boolean) => boolean) => labels.filter((label, at) => test(label, scores[at]! >= threshold)).length;
  const [tp, fp, fn, tn] = [count((l, c) => !!l && c), count((l, c) => !l && c), count((l, c) => !!l && !c), count((l, c) => !l && !c)];
  let [above, pairs] = [0, 0];
  const positives = scores.filter((_, at) => labels[at]);
  const negatives = scores.filter((_, at) => !labels[at]);
  for (const one of positives)
    for (const other of negatives) {
      pairs++;
      above += one > other ? 1 : one === other ? 0.5 : 0;
    }
  const clip = (score: number) => Math.min(1 - 1e-15, Math.max(1e-15, score));
  const bins = Array.from({ length: 10 }, () => 0);
  scores.forEach((score, at) => (bins[Math.min(9, Math.floor(score * 10))]! += score - labels[at]!));
  const n = labels.length;
  return {
    n,
    prevalence: share(tp + fn, n),
    accuracy: share(tp + tn, n),
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    f2: share(5 * tp, 5 * tp + 4 * fn + fp),
    auc: share(above, pairs),
    log_loss: share(-scores.reduce((sum, score, at) => sum + Math.log(labels[at] ? clip(score) : 1 - clip(score)), 0), n),
    ece: share(bins.reduce((sum, gap) => sum + Math.abs(gap), 0), n),
    cost: cost(scores, labels, threshold, costs),
  };
}
