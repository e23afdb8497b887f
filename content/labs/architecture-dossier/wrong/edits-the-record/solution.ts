export { predict, availability, price } from './system.ts';
export { plan } from './plan.ts';
export { lint } from './lint.ts';
export { dossier, revise } from './dossier.ts';
