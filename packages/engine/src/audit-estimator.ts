import { adoptEstimator } from './adopt-estimator.ts';
import { unless, type Audit } from './audit.ts';
import { holdsEstimator } from './estimator.ts';

/** States are kept to a millionth: machines that round exp and log differently may differ by one. */
const TOLERANCE = 2e-6;

/** A change of estimator: between sessions, from the one that decided, to what the new one makes of every answer before. */
export const auditAdoption: Audit<'estimator-adopted'> = ({ events, state }, body) => {
  if (!holdsEstimator(body.estimator))
    return [`estimator ${body.estimator} was adopted, which this engine does not hold`];
  const [expected] = adoptEstimator(state, events, body.estimator);
  if (expected?.type !== 'estimator-adopted')
    return ['the estimator was changed inside a check or a placement, or to the one that decided already'];
  return [
    ...unless(
      body.previous === state.estimator.id,
      `the estimator before is recorded as ${body.previous}, and was ${state.estimator.id}`,
    ),
    ...unless(
      isNear(body.state, expected.body.state) && isNear(body.traces, expected.body.traces),
      'the new estimator’s state is not what the answers before it give',
    ),
  ];
};

/** Equal JSON, where numbers may differ in the last digit that is kept. */
function isNear(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return Math.abs(left - right) <= TOLERANCE;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return left === right;
  const there = new Map(Object.entries(right));
  const here = Object.entries(left);
  return here.length === there.size && here.every(([key, value]) => isNear(value, there.get(key)));
}
