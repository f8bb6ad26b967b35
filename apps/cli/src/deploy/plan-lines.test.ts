import { loadCloud, toTarget } from '@tricloud/deploy';
import { expect, test } from 'vitest';
import { planDocument } from './plan-document.ts';
import { planLines, type PlanReport } from './plan-lines.ts';

const report: PlanReport = {
  plan: {
    cloud: 'aws',
    name: 'tricloud',
    stage: 'dev',
    region: 'us-west-2',
    deploymentPackage: { files: [], size: 1000, sha256: 'abc' },
    resources: [],
    permissions: [],
    requests: [{ call: 'CreateChangeSet', body: { name: 'one' } }],
    placeholders: [{ name: '<account>', meaning: 'the number of the account' }],
    limitations: [],
    access: 'everyone can call it',
  },
  target: toTarget({ environment: { MODE: 'live' } }, await loadCloud('aws')),
  regionSource: 'AWS_REGION',
  app: {
    deploymentPackage: { files: [], bytes: Buffer.alloc(0), sha256: 'abc', sourceMaps: [] },
    sourceMapDir: '/maps',
    dynamicImports: [],
  },
  cost: null,
  differences: null,
  unknownBecause: '--offline',
};
const layout = { paint: (_style: string, text: string) => text, width: 80, withRequests: false };

test('a plan says where its region comes from and who can call the function', () => {
  expect(planLines(report, layout)).toEqual(
    expect.arrayContaining(['  region from AWS_REGION', '  everyone can call it']),
  );
});

test('a plan lists its requests where something differs, or where that is unknown', () => {
  const lines = planLines(report, layout);
  expect(lines).toEqual(
    expect.arrayContaining(['    CreateChangeSet', '  <account>: the number of the account']),
  );
  expect(planDocument(report).requests).toHaveLength(1);
  expect(planLines(report, { ...layout, withRequests: true }).join('\n')).toContain(
    '"name": "one"',
  );
});

test('a plan where nothing differs lists no requests', () => {
  const same = { ...report, differences: [] };
  expect(planLines(same, layout).join('\n')).not.toMatch(/API requests|CreateChangeSet|<account>/);
  expect(planLines(same, layout)).toContain('  nothing differs from what is deployed');
  expect(planDocument(same).requests).toEqual([]);
});

test('the JSON of a plan has the names of variables, not their values', () => {
  expect(planDocument(report).settings.environment).toEqual(['MODE']);
});
