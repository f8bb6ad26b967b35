import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const text = readFileSync(join(import.meta.dirname, 'tricloud.yml'), 'utf8');
const workflow: {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<'plan' | 'deploy', Job>>;
} = parse(text);
const { plan, deploy } = workflow.jobs;
const root = join(import.meta.dirname, '..', '..');

describe('the workflow', () => {
  test('stores no secret', () => {
    expect(text).not.toMatch(/\bsecrets\./);
    expect(text).not.toMatch(/access-key|client-secret|credentials_json|password/i);
  });

  test('asks GitHub for an identity in the job that deploys and nowhere else', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(plan.permissions).toBeUndefined();
    expect(deploy.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(deploy.if).toBe("github.event_name == 'push' && github.ref == 'refs/heads/main'");
    expect(plan.if).toBe("github.event_name == 'pull_request'");
  });

  test('names every action by a commit, which nobody can move', () => {
    const uses = [...plan.steps, ...deploy.steps].flatMap((step) => step.uses ?? []);
    expect(uses.length).toBeGreaterThan(6);
    expect(uses.filter((name) => !/@[0-9a-f]{40}$/.test(name))).toEqual([]);
  });

  test('uses the majors of its actions that run on Node 24', () => {
    const uses = [...text.matchAll(/uses: ([\w/-]+)@[0-9a-f]{40} # v(\d+)\./g)];
    const majors = Object.fromEntries(uses.map(([, name, major]) => [name, Number(major)]));
    expect(majors).toEqual({
      'actions/checkout': 5,
      'actions/setup-node': 5,
      'aws-actions/configure-aws-credentials': 6,
      'google-github-actions/auth': 3,
      'azure/login': 3,
    });
  });

  test('has a trust that names the whole subject, in both forms that GitHub sends', () => {
    const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
    expect(readme).toContain('repo:OWNER/REPO:environment:production');
    expect(readme).toContain('repo:OWNER@OWNER_ID/REPO@REPO_ID:environment:production');
    expect(readme).toContain("assertion.sub == 'repo:");
    expect(readme).not.toContain('assertion.repository');
  });

  test('runs nothing beside the identity but what is locked', () => {
    const [install, ...others] = deploy.steps.flatMap((step) => step.run ?? []);
    expect(install).toBe('npm ci --ignore-scripts');
    // Without --no, npx would fetch whatever has that name where the command is not installed.
    expect(others).toEqual([expect.stringMatching(/^npx --no -- tricloud deploy /)]);
    const setup = deploy.steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
    // Since version 5, the action caches npm packages by default.
    expect(setup?.with).toEqual({ 'node-version': 24, 'package-manager-cache': false });
  });

  test('puts no value of an expression into a script, where it would be code', () => {
    const scripts = [plan, deploy].flatMap(({ steps }) => steps.flatMap((step) => step.run ?? []));
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((each) => each.includes('${{'))).toEqual([]);
  });

  test('leaves no token in the folder that npm runs in', () => {
    const checkouts = [plan, deploy].flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')),
    );
    expect(checkouts.map((step) => step.with)).toEqual([
      { 'persist-credentials': false },
      { 'persist-credentials': false },
    ]);
  });
});

/** Runs the line of a job as GitHub would, in a shell that knows nothing of this machine. */
function run(job: Job, change: (script: string) => string, env: Readonly<Record<string, string>>) {
  const script = job.steps.flatMap((step) => step.run ?? []).find((each) => /tricloud/.test(each));
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-eo', 'pipefail', '-c', change(script ?? '')],
    {
      cwd: root,
      env: { PATH, HOME, ...env },
      encoding: 'utf8',
    },
  );
  // npm speaks of the settings of whoever runs the tests.
  const told = stderr
    .split('\n')
    .filter((line) => !line.startsWith('npm '))
    .join('\n');
  return { status, stdout, stderr: told };
}

test('the plan of a pull request is made without an account', () => {
  const summary = '/dev/null';
  const { status, stdout, stderr } = run(
    plan,
    (script) => script.replaceAll('plan.txt', '/dev/null'),
    { GITHUB_STEP_SUMMARY: summary },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const cloud of ['aws', 'google', 'azure'])
    expect(stdout).toContain(`${cloud}: tricloud-dev`);
});

test('the command that deploys is one that tricloud takes', () => {
  const { status, stderr } = run(deploy, (script) => script.replace(' --yes', ''), {
    STAGE: 'production',
    REGIONS: 'aws=us-east-1,google=us-central1,azure=eastus',
    PROJECT: 'my-project',
    SUBSCRIPTION: '00000000-0000-0000-0000-000000000000',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  // Everything was understood: it is the answer that is missing.
  expect(status).toBe(2);
  expect(stderr).toContain(
    'deploy asks first, and this is not an interactive terminal; pass --yes',
  );
});
