/** For tests and benchmarks: a provider that plays a script. */
export { operationSchema, scenarioSchema, type Operation, type Scenario } from './scenario.ts';
export { startScriptedProvider, type ScriptedProvider, type SeenRequest } from './scripted-provider.ts';
export { plainContext, tinyPort } from './tiny-port.ts';
