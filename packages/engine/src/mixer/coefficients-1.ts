// Written by `node bench/ship-coefficients.ts DIR`. Fitted on: algebra05s, assist09, assist15, statics (train files, each set counting the same).
// Frozen: `mixer-1` replays past decisions with it. A new fit is a new file.
import type { ColdCoefficients } from './cold.ts';
import type { RatedCoefficients } from './rated.ts';

/** Version 1 of the shipped coefficients. Meanings and units: docs/engine.md, "The mixer". */
export const COEFFICIENTS_1: {
  /** For a log whose items are unknown: the benchmark's cold start. */
  cold: ColdCoefficients;
  /** For items with an author's difficulty: the estimator `mixer-1`. */
  rated: RatedCoefficients;
} = {
  cold: {
    id: '1',
    base: 1.0054763632542776,
    elo: {
      theta: {
        first: 0.3,
        decay: 0.06,
        floor: 0.07680000000000001,
      },
      delta: {
        first: 0.36,
        decay: 0.108,
        floor: 0.25600000000000006,
      },
      single: {
        first: 0.48,
        decay: 0.021599999999999998,
        floor: 0.12800000000000003,
      },
    },
    bkt: {
      known: 0.639632990796957,
      learn: 0.12994396940767697,
      forget: 0.022060898192469945,
      guess: 0.33415270534939545,
      slip: 0.12718463209493217,
    },
    next: {
      intercept: 1.2679,
      weights: {
        elo: 0.069738,
        eloSingle: 0.072601,
        bkt: -0.38301,
        skillRecent5: 0.2398,
        skillRecent7: 0.093481,
        skillRecent9: 0.17555,
        logSkillRight: 0.096801,
        logSkillWrong: -0.12497,
        logRight: 0.14434,
        logWrong: -0.23746,
        streakRight: -0.0039835,
        streakWrong: -0.057376,
        firstOnSkill: -0.76823,
        logGapTime: -0.076953,
        logGapAnswers: -0.11459,
        sameSkill: -0.21413,
        lastOutcome: 0.10102,
        delta: 0.11401,
        theta: 0.026789,
        skillSurprise: -0.13804,
        surprise: 0.10417,
        evidenceElo: -0.052993,
        evidenceBkt: 0.051601,
        evidenceRecent: 0.0092531,
        allEvidenceElo: 0.05026,
        sameSkillLast: -0.078442,
        gapBkt: 0.021943,
      },
    },
    typical: {
      intercept: 0.98826,
      weights: {
        elo: 0.05465,
        eloSingle: 0.0038727,
        bkt: -0.17482,
        skillRecent5: -0.12733,
        skillRecent7: 0.28884,
        skillRecent9: 0.044858,
        logSkillRight: 0.14948,
        logSkillWrong: -0.19804,
        logRight: 0.15622,
        logWrong: -0.24353,
        streakRight: 0.0055498,
        streakWrong: -0.06937,
        lastOutcome: 0.017482,
        delta: 0.07278,
        theta: 0.039709,
        skillSurprise: -0.13388,
        surprise: 0.044288,
        evidenceElo: -0.040137,
        evidenceBkt: 0.035086,
        evidenceRecent: 0.018591,
        allEvidenceElo: 0.051123,
        sameSkillLast: 0.017482,
      },
    },
  },
  rated: {
    theta: {
      first: 0.4312,
      decay: 0.08623,
      floor: 0.05398,
    },
    delta: {
      first: 0.2454,
      decay: 0.4182,
      floor: 0.08623,
    },
    intercept: 0.01035,
    fromElo: 0.8694,
    fromRecent: 0.1744,
    fromStreak: 0.04753,
  },
};
