export { double } from './parts/doubling.ts';
export { Total } from './parts/totals';
