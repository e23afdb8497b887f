import type { Configure, Drive, Orders, Test } from './kinds.ts';
import { day } from './orders.ts';
import { pipeline } from './reference.ts';

type Response = { status: number; headers: Record<string, string>; body: string };
const ref = (name: string) => ({ $: 'ref', name });
const json = { 'content-type': 'application/json' };

/** What clients see of the service. */
export function contract(orders: Orders, config: Configure): Test[] {
  const about = { rubric: 'contract', skill: 'api-contracts' };
  const rows = orders.rows(400, 60);
  const given = config({ cutoff_ms: day(50), min_carrier: 15, max_calls: 0.5 });
  const model = pipeline(rows, given);
  const some = model.test.slice(0, 40);
  const valid = orders.payload(some[0]!, 2);
  const start = async (step: Drive) => {
    const artifact = await step({ call: 'train', args: [rows, given], as: 'artifact' });
    await step({ new: 'Service', args: [ref('artifact')], as: 'service' });
    return artifact;
  };
  const post = (step: Drive, path: string, body: string, headers: Record<string, string> = json) =>
    step({ on: 'service', call: 'handle', args: ['POST', path, headers, body] }) as Promise<Response>;
  const answers: Test = {
    ...about,
    name: 'both versions answer with score, decision and what raised it',
    drive: async (step) => {
      await start(step);
      for (const row of some) {
        const want = model.score(row);
        for (const version of [1, 2] as const) {
          const response = await post(step, `/v${version}/predict`, JSON.stringify(orders.payload(row, version)));
          if (response.status !== 200) return `a valid order gives ${response.status}: ${response.body}`;
          const answer = JSON.parse(response.body) as { version: number; model: string; score: number; decision: string; reasons?: string[]; ignored: string[] };
          if (answer.version !== version || !/^[0-9a-f]{64}$/.test(answer.model)) return `version and model are ${answer.version} and ${answer.model}`;
          if (!(Math.abs(answer.score - want) < 2e-3)) return `${row.id} scores ${want.toFixed(4)}, not ${answer.score}`;
          const keys = ['decision', 'ignored', 'model', ...(version === 2 ? ['reasons'] : []), 'score', 'version'].join();
          if (Object.keys(answer).sort().join() !== keys) return `an answer of version ${version} has ${keys}, not ${Object.keys(answer).sort().join()}`;
          if (version === 1) continue;
          const raised = model
            .encode(row)
            .map((value, at) => ({ name: model.names[at]!, by: value * model.beta[at + 1]! }))
            .filter(({ by }) => by > 0)
            .sort((a, b) => b.by - a.by || (a.name < b.name ? -1 : 1));
          // Where two raise it nearly alike either may come first.
          const close = raised.some(({ by }, at) => at > 0 && at < 4 && raised[at - 1]!.by - by < 0.01);
          const first = raised.slice(0, 3).map(({ name }) => name);
          if (!close && answer.reasons!.join() !== first.join()) return `${first.join(', ')} raise the score of ${row.id} most, not ${answer.reasons!.join(', ')}`;
        }
      }
      return null;
    },
  };
  const decides: Test = {
    ...about,
    skill: 'threshold-economics',
    name: 'the decision is the threshold of the artefact, nothing else',
    drive: async (step) => {
      const artifact = (await step({ call: 'train', args: [rows, given], as: 'artifact' })) as { threshold: number } | null;
      const seen = new Set<string>();
      for (const row of some) {
        const answer = (await step({ call: 'predict', args: [ref('artifact'), orders.payload(row, 2)] })) as { score: number; decision: string };
        seen.add(answer.decision);
        if (artifact && answer.decision !== (answer.score >= artifact.threshold ? 'call' : 'none')) return `a score of ${answer.score} gives ${answer.decision}; the threshold is ${artifact.threshold}`;
      }
      return [...seen].every((one) => one === 'call' || one === 'none') ? null : `decisions are ${[...seen].join()}`;
    },
  };
  const broken: [string, Record<string, unknown>, string[]][] = [
    ['nothing at all', {}, ['carrier', 'items', 'placed_at', 'promised_at']],
    ['a number as text', { ...valid, distance_m: '1200' }, ['distance_m']],
    ['true as a number', { ...valid, items: true, weight_kg: false }, ['items', 'weight_kg']],
    ['a negative weight and half an item', { ...valid, weight_kg: -1, items: 1.5 }, ['items', 'weight_kg']],
    ['a time without its offset', { ...valid, placed_at: '2026-03-01T10:15:00' }, ['placed_at']],
    ['promised before it was placed', { ...valid, promised_at: valid.placed_at }, ['promised_at']],
    ['a carrier that is a list', { ...valid, carrier: ['dhl'] }, ['carrier']],
  ];
  const refuses: Test = {
    ...about,
    name: 'every field that breaks the contract is named, optional ones may be missing',
    drive: async (step) => {
      await start(step);
      for (const [what, payload, fields] of broken) {
        const response = await post(step, '/v2/predict', JSON.stringify(payload));
        if (response.status !== 422) return `${what} gives ${response.status}, not 422`;
        const problem = JSON.parse(response.body) as { type: string; fields: Record<string, string> };
        if (Object.keys(problem.fields).sort().join() !== fields.join()) return `${what}: the problems are ${fields.join()}, not ${Object.keys(problem.fields).sort().join()}`;
      }
      const { placed_at, promised_at, items, carrier } = valid;
      const bare = await post(step, '/v2/predict', JSON.stringify({ placed_at, promised_at, items, carrier }));
      return bare.status === 200 ? null : `without the optional fields the status is ${bare.status}`;
    },
  };
  const tolerant: Test = {
    ...about,
    name: 'a field of tomorrow is ignored and named, a field of the other version too',
    drive: async (step) => {
      await start(step);
      const response = await post(step, '/v2/predict', JSON.stringify({ ...valid, distance_km: 3, gift: true }));
      if (response.status !== 200) return `unknown fields give ${response.status}`;
      const { ignored, score } = JSON.parse(response.body) as { ignored: string[]; score: number };
      if (ignored.join() !== 'distance_km,gift') return `ignored is ${ignored.join()}, not distance_km,gift`;
      const plain = JSON.parse((await post(step, '/v2/predict', JSON.stringify(valid))).body) as { score: number };
      return plain.score === score ? null : 'an unknown field has changed the score';
    },
  };
  const edges: Test = {
    ...about,
    name: 'paths, methods, media types and bodies that are none',
    drive: async (step) => {
      await start(step);
      const body = JSON.stringify(valid);
      const cases: [string, string, Record<string, string>, string, number][] = [
        ['GET', '/health', {}, '', 200],
        ['POST', '/health', json, body, 405],
        ['GET', '/v2/predict', {}, '', 405],
        ['POST', '/v3/predict', json, body, 404],
        ['POST', '/v2/predict', { 'content-type': 'text/plain' }, body, 415],
        ['POST', '/v2/predict', {}, body, 415],
        ['POST', '/v2/predict', { 'Content-Type': 'application/json; charset=utf-8' }, body, 200],
        ['POST', '/v2/predict', json, '{"items": 1', 400],
        ['POST', '/v2/predict', json, '[1]', 422],
        ['POST', '/v2/predict', json, JSON.stringify({ ...valid, note: 'ü'.repeat(40_000) }), 413],
      ];
      for (const [method, path, headers, sent, status] of cases) {
        const response = (await step({ on: 'service', call: 'handle', args: [method, path, headers, sent] })) as Response;
        if (response.status !== status) return `${method} ${path} with ${JSON.stringify(headers)} and ${sent.slice(0, 30)} gives ${response.status}, not ${status}`;
        const kind = response.headers['content-type'];
        if (kind !== (status === 200 ? 'application/json' : 'application/problem+json')) return `a ${status} has the content type ${kind}`;
        if (status !== 200 && !(JSON.parse(response.body) as { type: string }).type.startsWith('/problems/')) return `a ${status} has no type under /problems/`;
        if (status === 405 && response.headers['allow'] !== (path === '/health' ? 'GET' : 'POST')) return `a 405 says allow: ${response.headers['allow']}`;
      }
      return null;
    },
  };
  const idempotent: Test = {
    ...about,
    name: 'a key replays its answer, for the same request only',
    drive: async (step) => {
      await start(step);
      const body = JSON.stringify(valid);
      const turned = JSON.stringify(Object.fromEntries(Object.entries(valid).reverse()), null, 1);
      const key = (name: string) => ({ ...json, 'Idempotency-Key': name });
      const bad = await post(step, '/v2/predict', '{}', key('a'));
      if (bad.status !== 422) return `an invalid body gives ${bad.status}`;
      const first = await post(step, '/v2/predict', body, key('a'));
      if (first.status !== 200 || first.headers['idempotent-replay'] !== undefined) return 'a key that only an invalid request has used is still free';
      const second = await post(step, '/v2/predict', turned, { ...json, 'IDEMPOTENCY-KEY': 'a' });
      if (second.status !== 200 || second.body !== first.body || second.headers['idempotent-replay'] !== 'true') return `the same request in another spelling gives ${second.status} and ${JSON.stringify(second.headers)}, not the first answer again`;
      const other = await post(step, '/v2/predict', JSON.stringify({ ...valid, items: valid.items + 1 }), key('a'));
      if (other.status !== 409) return `another request with the same key gives ${other.status}, not 409`;
      const old = await post(step, '/v1/predict', body, key('a'));
      if (old.status !== 409) return `the same key at another version gives ${old.status}, not 409`;
      const free = await post(step, '/v2/predict', body);
      return free.headers['idempotent-replay'] === undefined ? null : 'a request without a key is never a replay';
    },
  };
  const bounded: Test = {
    ...about,
    name: 'two hundred keys are remembered, the oldest are forgotten',
    drive: async (step) => {
      await start(step);
      const at = (n: number) => post(step, '/v2/predict', JSON.stringify(valid), { ...json, 'idempotency-key': `k${n}` });
      for (let n = 0; n < 201; n++) await at(n);
      if ((await at(1)).headers['idempotent-replay'] !== 'true') return 'the key 200 requests ago is forgotten';
      return (await at(0)).headers['idempotent-replay'] === undefined ? null : 'the key 201 requests ago is still remembered: memory grows for ever';
    },
  };
  const tampered: Test = {
    ...about,
    skill: 'testing-nondeterminism',
    name: 'an artefact that was changed after training is not served',
    drive: async (step) => {
      const artifact = (await step({ call: 'train', args: [rows, given] })) as Record<string, unknown>;
      await start(step);
      try {
        await step({ new: 'Service', args: [{ ...artifact, threshold: 0.01 }], as: 'changed' });
      } catch (error) {
        return (error as Error).name === 'ValueError' ? null : `it raises ${(error as Error).name}, not ValueError`;
      }
      return 'an artefact with another threshold is served under the old sha256';
    },
  };
  return [answers, decides, refuses, tolerant, edges, idempotent, bounded, tampered];
}
