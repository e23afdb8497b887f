/** Orders of a shop that does not exist. Late ones follow a law that the grader knows. */

export type Row = {
  id: string;
  placed_ms: number;
  offset_min: number;
  promised_ms: number;
  distance_m: number | null;
  items: number;
  weight_g: number | null;
  carrier: string;
  delivered_ms: number | null;
  refund_cents: number;
  courier_rating: number | null;
};

export const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const CARRIERS = ['dhl', 'gls', 'dpd', 'bike', 'own'];
const EFFECT: Record<string, number> = { dhl: -0.3, gls: 0.4, dpd: 0, bike: 1.1, own: -0.8 };

export function createOrders(random: () => number) {
  const between = (low: number, high: number) => low + (high - low) * random();
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const carrier = () => {
    const name = random() < 0.01 ? 'drone' : CARRIERS[Math.floor(CARRIERS.length * random() ** 1.5)]!;
    return pick([name, name, name.toUpperCase(), ` ${name}`]);
  };

  /** `count` orders over `days`, by time; the share that is late moves with `base`. */
  const rows = (count: number, days: number, base = -2.6): Row[] =>
    Array.from({ length: count }, (_, at) => START + Math.floor(((at + random()) / count) * days * 24 * HOUR)).map((placed_ms, at) => {
      const offset_min = pick([0, 60, 60, 120, -300]);
      const distance = Math.round(Math.exp(between(5.5, 10.5)));
      const weight = Math.round(Math.exp(between(4.5, 9.5)));
      const items = whole(1, 12);
      const slack = between(2, 72);
      const name = carrier();
      const local = ((placed_ms / HOUR + offset_min / 60) % 24) / 24;
      const law =
        base +
        0.9 * Math.log1p(distance / 1000) -
        0.045 * slack +
        0.7 * Math.cos(2 * Math.PI * (local - 0.75)) +
        0.05 * (weight / 1000) +
        0.4 * Math.log(items) +
        (EFFECT[name.trim().toLowerCase()] ?? 0);
      const late = random() < 1 / (1 + Math.exp(-law));
      const promised_ms = placed_ms + Math.round(slack * HOUR);
      const delivered_ms = late ? promised_ms + Math.ceil(between(0.1, 30) * HOUR) : promised_ms - Math.floor(between(0, 0.6) * slack * HOUR);
      return {
        id: `o${String(at).padStart(5, '0')}`,
        placed_ms,
        offset_min,
        promised_ms,
        distance_m: random() < 0.06 ? null : distance,
        items,
        weight_g: random() < 0.1 ? null : weight,
        carrier: name,
        delivered_ms: random() < 0.01 ? null : delivered_ms,
        // Both are known only after delivery, and say a lot about it.
        refund_cents: late && random() < 0.8 ? whole(100, 900) : 0,
        courier_rating: random() < 0.3 ? null : late ? whole(1, 3) : whole(3, 5),
      };
    });

  const iso = (ms: number, offset_min: number) => {
    const local = new Date(ms + offset_min * 60_000).toISOString().slice(0, 23);
    const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
    return `${local}${offset_min < 0 ? '-' : '+'}${two(offset_min / 60)}:${two(offset_min % 60)}`;
  };
  /** The same order as a shop sends it; what is missing is null or left out. */
  const payload = (row: Row, version: 1 | 2) => ({
    order_id: row.id,
    placed_at: iso(row.placed_ms, row.offset_min),
    promised_at: iso(row.promised_ms, pick([row.offset_min, 0])),
    items: row.items,
    carrier: row.carrier,
    ...(row.weight_g === null ? pick([{}, { weight_kg: null }]) : { weight_kg: row.weight_g / 1000 }),
    ...(row.distance_m === null ? pick([{}, { [version === 1 ? 'distance_km' : 'distance_m']: null }]) : version === 1 ? { distance_km: row.distance_m / 1000 } : { distance_m: row.distance_m }),
  });

  return { between, whole, normal, pick, rows, payload, shuffled: <T>(list: readonly T[]) => list.map((item) => ({ item, by: random() })).sort((a, b) => a.by - b.by).map(({ item }) => item) };
}

export const day = (count: number) => START + count * 24 * HOUR;
