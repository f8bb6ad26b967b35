import { compare, configure, deployedPlan, parseWorkload, providerIds } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { functionIn } from '../aws/template/parse-template.ts';
import { stackTemplate } from '../aws/template/stack-template.ts';
import { toParameters } from '../azure/template/parameters.ts';
import { loadCloud } from './clouds.ts';
import { configurationLimitations, configurationOf } from './configuration.ts';
import { toFunction } from '../google/template/function-body.ts';
import { namesOf } from '../google/template/names.ts';
import { monthlyCost } from './monthly-cost.ts';
import { toTarget } from './to-target.ts';
import type { Target } from './target.ts';

const clouds = {
  aws: await loadCloud('aws'),
  google: await loadCloud('google'),
  azure: await loadCloud('azure'),
};
const usual = {
  aws: toTarget({}, clouds.aws),
  google: toTarget({}, clouds.google),
  azure: toTarget({}, clouds.azure),
};

/** The instance that the requests of a deployment name; Lambda and Flex give vCPUs by memory. */
const sent = {
  aws(target: Target) {
    const template = stackTemplate(target, { sha256: '' }, { folder: '', previous: {} });
    const { MemorySize, Architectures } = functionIn(template)?.Properties ?? {};
    const memoryMiB = Number(MemorySize);
    return {
      memoryMiB,
      vcpu: memoryMiB / 1769,
      concurrency: 1,
      architecture: String(Architectures),
    };
  },
  google(target: Target) {
    const names = namesOf(target, 'my-project');
    const { serviceConfig } = toFunction(target, names, {
      deploymentId: '',
      labels: {},
      source: null,
    });
    return {
      memoryMiB: Number(serviceConfig.availableMemory.replace(/Mi$/, '')),
      vcpu: Number(serviceConfig.availableCpu),
      concurrency: serviceConfig.maxInstanceRequestConcurrency,
      architecture: 'x86_64',
    };
  },
  azure(target: Target) {
    const { instanceMemoryMB, perInstanceConcurrency } = toParameters(target);
    return {
      memoryMiB: instanceMemoryMB,
      vcpu: { 512: 0.25, 2048: 1, 4096: 2 }[instanceMemoryMB],
      concurrency: perInstanceConcurrency,
      architecture: 'x86_64',
    };
  },
};

const anySize = fc.record({
  cloud: fc.constantFrom(...providerIds),
  memoryMiB: fc.oneof(
    fc.integer({ min: 100, max: 33_000 }),
    fc.constantFrom(128, 512, 513, 1024, 1025, 1769, 2048, 4096, 8192, 10_240, 16_384, 32_768),
  ),
  vcpu: fc.oneof(
    fc.constant(null),
    fc.integer({ min: 1, max: 9000 }).map((thousandths) => thousandths / 1000),
    fc.constantFrom(0.08, 0.25, 0.5, 1, 2, 3, 4, 6, 8),
  ),
  concurrency: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1001 })),
  architecture: fc.constantFrom('x86_64', 'arm64'),
} as const);

describe('what is sent', () => {
  test('is what is billed, for every target that breaks no rule', () => {
    fc.assert(
      fc.property(anySize, ({ cloud, ...size }) => {
        const target = { ...usual[cloud], ...size };
        fc.pre(clouds[cloud].brokenRules(target).length === 0);
        const { notes: _notes, ...billed } = { notes: [], ...configure(deployedPlan[cloud], size) };
        expect(sent[cloud](target)).toEqual(billed);
      }),
      { numRuns: 1000 },
    );
  });

  test('is what a comparison bills and marks, and what the cost of a plan is made with', () => {
    const month = { requestsPerMonth: 100_000, durationMs: 120, responseKiB: 1 };
    fc.assert(
      fc.property(anySize, ({ cloud, ...size }) => {
        const target = { ...usual[cloud], ...size };
        fc.pre(clouds[cloud].brokenRules(target).length === 0);
        const { concurrency, ...instance } = size;
        const input = {
          ...month,
          ...instance,
          concurrencyPerInstance: Math.min(1000, concurrency),
        };
        const workload = parseWorkload(input, priceLists);
        const { plans } = compare(workload, { asOf: '2026-11-30', prices: priceLists });
        const marked = plans.filter((each) => each.isDeployTarget && each.provider === cloud);
        const cost = monthlyCost(workload, target, '2026-11-30');
        expect(marked.map(({ configuration }) => configuration)).toEqual([sent[cloud](target)]);
        expect(cost.isKnown && cost.estimate.configuration).toEqual(sent[cloud](target));
      }),
      { numRuns: 40 },
    );
  });

  test.each(providerIds)('to %s where nothing is asked for has no limitation', (cloud) => {
    expect(clouds[cloud].brokenRules(usual[cloud])).toEqual([]);
    expect(configurationOf(usual[cloud]).architecture).toBe('x86_64');
  });

  test.each([
    ['aws', { vcpu: 1 }, ['256 MiB becomes 1,769 MiB, because vCPUs come with memory']],
    ['aws', { architecture: 'arm64' }, []],
    ['google', { concurrency: 80 }, ['0.333 vCPU becomes 1 vCPU: several requests at once']],
    ['google', { architecture: 'arm64' }, ['Runs on x86_64']],
    ['azure', { vcpu: 2 }, ['2 GiB becomes 4 GiB with 2 vCPU']],
  ] as const)('to %s for %j is limited as %j', (cloud, change, limitations) => {
    expect(configurationLimitations({ ...usual[cloud], ...change })).toEqual(
      limitations.map((each) => expect.stringContaining(each)),
    );
  });
});

describe('a vCPU that goes with no memory', () => {
  test('is a bug where a target with it is to be configured', () => {
    const target = { ...usual.aws, vcpu: 6 };
    expect(() => configurationOf(target)).toThrow('No 6 vCPU: an instance has at most 5.789');
  });

  test.each([
    ['aws', { vcpu: 6 }, 'No 6 vCPU: an instance has at most 5.789'],
    [
      'google',
      { memoryMiB: 32_768, vcpu: 0.08 },
      'Cloud Run has no 32 GiB with 0.08 vCPU: 32 GiB needs at least 8 vCPU',
    ],
    ['google', { vcpu: 4 }, 'Cloud Run has no 4 vCPU with 512 MiB: 4 vCPU needs at least 2 GiB'],
    ['azure', { vcpu: 3 }, 'No 3 vCPU: an instance has at most 2'],
  ] as const)('on %s, %j, breaks a rule', (cloud, change, rule) => {
    expect(clouds[cloud].brokenRules({ ...usual[cloud], ...change })).toEqual([
      {
        path: 'vcpu',
        value: change.vcpu,
        rule,
        source: expect.stringMatching(/^https:/),
      },
    ]);
  });

  test('is told once where the memory alone breaks one', () => {
    const paths = clouds.google
      .brokenRules({ ...usual.google, memoryMiB: 40_000, vcpu: 1 })
      .map(({ path }) => path);
    expect(paths).toEqual(['memoryMiB']);
  });
});
