import { describe, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { openCold, predictCold } from '../mixer/cold.ts';
import { extract, FEATURES } from '../mixer/features.ts';
import { sigmoid } from '../mixer/maths.ts';
import { observeAnswer, predictNext, predictTypical } from '../mixer/model.ts';
import { advance, newTrack } from '../mixer/track.ts';
import { COEFFICIENTS_1 } from '../mixer/coefficients-1.ts';
import { toFixed, treesLogit } from '../mixer/trees.ts';
import { collectAnswers, countLearners, newNames, pickLearners, type LoggedAnswer } from './answer-log.ts';
import { fitBkt } from './bkt-em.ts';
import { boost } from './boost.ts';
import { fitCold } from './fit-cold.ts';
import { fitLogistic } from './fit-logistic.ts';
import { fitMixer } from './fit-mixer.ts';
import { fitRated } from './fit-rated.ts';
import { newRows } from './rows.ts';

/** Learners with an ability each, items with a difficulty each, five skills, forty answers. */
function* simulate(learners: number, seed: string, items = true, times = true): Generator<LoggedAnswer> {
  const random = createRandom(seed);
  for (let k = 0; k < learners; k++) {
    const ability = 3 * random() - 1;
    for (let n = 0; n < 40; n++) {
      const skill = Math.floor(n / 8);
      const item = Math.floor(6 * random());
      const correct = random() < sigmoid(ability + 0.15 * (n % 8) - (item - 2.5) * 0.6 - (skill - 2) * 0.4);
      yield {
        learner: `l${k}`,
        item: items ? `${skill}-${item}` : '',
        skill: `s${skill}`,
        correct,
        ts: times ? 60 * n : null,
      };
    }
  }
}

const answer = (learner: string, correct: boolean, rest: Partial<LoggedAnswer> = {}): LoggedAnswer => ({
  learner,
  item: 'i',
  skill: 's',
  correct,
  ts: null,
  ...rest,
});

describe('a log', () => {
  test('is grouped by learner, each in the order answered', () => {
    const log = collectAnswers(
      [answer('a', true), answer('b', false), answer('a', false), answer('b', true)],
      newNames(),
    );
    expect([...log.starts]).toEqual([0, 2, 4]);
    expect([...log.correct]).toEqual([1, 0, 0, 1]);
  });

  test('may lack items and times', () => {
    const log = collectAnswers([answer('a', true, { item: '' })], newNames());
    expect(log.item[0]).toBe(-1);
    expect(log.ts[0]).toBeNaN();
  });

  test('grows past its first room and gives a part of its learners', () => {
    const log = collectAnswers(simulate(60, 'grow'), newNames());
    expect(log.size).toBe(2400);
    const part = pickLearners(log, [3, 1]);
    expect(countLearners(part)).toBe(2);
    expect(part.correct.slice(0, 40)).toEqual(log.correct.slice(120, 160));
  });
});

describe('BKT by EM', () => {
  test('finds the parameters that a log was drawn from', () => {
    const random = createRandom('bkt');
    const truth = { known: 0.3, learn: 0.2, guess: 0.2, slip: 0.1 };
    const answers: LoggedAnswer[] = [];
    for (let k = 0; k < 3000; k++) {
      let known = random() < truth.known;
      for (let n = 0; n < 10; n++) {
        answers.push(answer(`l${k}`, random() < (known ? 1 - truth.slip : truth.guess)));
        known ||= random() < truth.learn;
      }
    }
    const { skills } = fitBkt(collectAnswers(answers, newNames()), null, {
      forgetting: false,
      rounds: 60,
      priorSequences: 0,
    });
    const found = skills.get(0)!;
    expect(found.known).toBeCloseTo(truth.known, 1);
    expect(found.learn).toBeCloseTo(truth.learn, 1);
    expect(found.guess).toBeCloseTo(truth.guess, 1);
    expect(found.slip).toBeCloseTo(truth.slip, 1);
    expect(found.forget).toBe(0);
  });
});

describe('logistic regression', () => {
  test('finds the weights that a sample was drawn from, and gives none to what never varies', () => {
    const random = createRandom('logistic');
    const rows = newRows(20_000, 3);
    for (let row = 0; row < 20_000; row++) {
      const a = 4 * random() - 2;
      const b = 2 * random();
      rows.x.set([a, b, 7], row * 3);
      rows.y[row] = random() < sigmoid(0.5 + a - 2 * b) ? 1 : 0;
      rows.weight[row] = 1;
      rows.size += 1;
    }
    const { intercept, weights } = fitLogistic(rows, [0, 1, 2]);
    expect(intercept).toBeCloseTo(0.5, 0);
    expect(weights[0]).toBeCloseTo(1, 0);
    expect(weights[1]).toBeCloseTo(-2, 0);
    expect(weights[2]).toBe(0);
  });
});

describe('boosted trees', () => {
  test('find what no linear model can: exclusive or', () => {
    const random = createRandom('xor');
    const rows = newRows(8000, 2);
    for (let row = 0; row < 8000; row++) {
      const a = random();
      const b = random();
      rows.x.set([a, b], row * 2);
      rows.y[row] = a > 0.5 !== b > 0.5 ? 1 : 0;
      rows.weight[row] = 1;
      rows.size += 1;
    }
    // With weights of both inputs at nothing the first question may be any; the second finds the rest.
    const trees = boost(rows, new Float64Array(8000), [0, 1], {
      trees: 60,
      depth: 4,
      rate: 0.3,
      sample: 0.5,
      most: 8000,
      penalty: 1,
    });
    const at = (a: number, b: number): number => treesLogit(trees, Int32Array.from([toFixed(a), toFixed(b)]));
    expect(at(0.2, 0.8)).toBeGreaterThan(1);
    expect(at(0.8, 0.2)).toBeGreaterThan(1);
    expect(at(0.2, 0.2)).toBeLessThan(-1);
    expect(at(0.8, 0.8)).toBeLessThan(-1);
  });
});

describe('the mixer', () => {
  const names = newNames();
  const log = collectAnswers(simulate(300, 'mixer'), names);
  const sizes = { items: names.items.size, skills: names.skills.size };
  const mixer = fitMixer(log, sizes);

  test('is a pure function of the log', () => {
    expect(JSON.stringify(fitMixer(log, sizes).next.linear)).toBe(JSON.stringify(mixer.next.linear));
  });

  test('believes more in those who answer right, and on easier items', () => {
    const [good, bad] = [newTrack(), newTrack()];
    for (let n = 0; n < 6; n++) {
      observeAnswer(mixer, good, { skill: 0, item: n, right: true, ts: n });
      observeAnswer(mixer, bad, { skill: 0, item: n, right: false, ts: n });
    }
    expect(predictTypical(mixer, good, 0)).toBeGreaterThan(predictTypical(mixer, bad, 0) + 0.2);
    const question = (item: string) => ({ skill: 1, item: names.items.idOf(item), ts: 10 });
    expect(predictNext(mixer, good, question('1-0'))).toBeGreaterThan(
      predictNext(mixer, good, question('1-5')),
    );
  });

  test('keeps a state that survives JSON', () => {
    const track = newTrack();
    for (let n = 0; n < 5; n++)
      observeAnswer(mixer, track, { skill: n % 2, item: n, right: n % 3 === 0, ts: null });
    const copy = JSON.parse(JSON.stringify(track)) as typeof track;
    expect(copy).toEqual(track);
    expect(predictTypical(mixer, copy, 1)).toBe(predictTypical(mixer, track, 1));
  });

  test('gives a figure for skills and items never met', () => {
    expect(predictNext(mixer, newTrack(), { skill: 99, item: 999, ts: null })).toBeGreaterThan(0);
    expect(predictTypical(mixer, newTrack(), 99)).toBeLessThan(1);
  });

  test('p of the decision holds no item: it is the same whichever item the last answer was on', () => {
    const p = (item: number): number => {
      const track = newTrack();
      observeAnswer({ ...mixer, population: { ...mixer.population, items: new Map() } }, track, {
        skill: 0,
        item,
        right: true,
        ts: 0,
      });
      return predictTypical(mixer, track, 0);
    };
    expect(p(0)).toBe(p(5));
  });

  test('works on logs without items and without times', () => {
    const own = newNames();
    const bare = collectAnswers(simulate(80, 'bare', false, false), own);
    const fitted = fitMixer(bare, { items: own.items.size, skills: own.skills.size });
    const p = predictNext(fitted, newTrack(), { skill: 0, item: null, ts: null });
    expect(p).toBeGreaterThan(0.2);
    expect(p).toBeLessThan(0.9);
  });
});

describe('inputs', () => {
  test('are as many as their names, finite, and none left unwritten', () => {
    const names = newNames();
    const log = collectAnswers(simulate(20, 'inputs'), names);
    const { population } = fitMixer(
      log,
      { items: names.items.size, skills: names.skills.size },
      { trees: null },
    );
    const x = new Float32Array(FEATURES.length).fill(Number.NaN);
    extract(newTrack(), population, { skill: 0, item: 0, ts: 5 }, x);
    expect(x.every((value) => Number.isFinite(value))).toBe(true);
  });
});

describe('coefficients for populations not known', () => {
  const names = newNames();
  const logs = ['one', 'two'].map((seed) => collectAnswers(simulate(150, seed), names));
  const sizes = { items: names.items.size, skills: names.skills.size };

  test('move with the answers and survive JSON', () => {
    const coefficients = fitCold(logs, sizes.skills, 'x');
    const mixer = openCold(JSON.parse(JSON.stringify(coefficients)) as typeof coefficients);
    const track = newTrack();
    const question = { skill: 'new', item: null, ts: null };
    const before = predictCold(mixer, track, question);
    const { difficulty, single } = mixer.population.prior;
    for (let n = 0; n < 5; n++)
      advance(track, mixer.population, { ...question, right: true }, difficulty, single);
    expect(predictCold(mixer, track, question)).toBeGreaterThan(before);
  });

  test('for items of known difficulty weigh it', () => {
    const { fromElo, intercept } = fitRated(logs, sizes);
    expect(fromElo).toBeGreaterThan(0.5);
    expect(Math.abs(intercept)).toBeLessThan(0.5);
  });

  test('as shipped let a right answer only raise p', () => {
    const { fromElo, fromRecent, fromStreak } = COEFFICIENTS_1.rated;
    expect(Math.min(fromElo, fromRecent, fromStreak)).toBeGreaterThan(0);
  });
});
