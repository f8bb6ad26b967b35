import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RequestedConfiguration, configure } from './configuration.ts';
import { functionLimits, functionPlanIds, type FunctionPlanId } from './function-limits.ts';

const asked: RequestedConfiguration = {
  memoryMiB: 512,
  vcpu: null,
  concurrency: 1,
  architecture: 'x86_64',
};

describe('a configuration', () => {
  test.each<[FunctionPlanId, Partial<RequestedConfiguration>, [number, number, number], string]>([
    ['aws-lambda', { memoryMiB: 64 }, [128, 128 / 1769, 1], 'the least there is'],
    ['aws-lambda', { memoryMiB: 1769 }, [1769, 1, 1], 'one vCPU comes with 1,769 MiB'],
    ['aws-lambda', { vcpu: 2, concurrency: 80 }, [3538, 2, 1], 'vCPUs raise the memory'],
    ['aws-lambda-provisioned-concurrency', {}, [512, 512 / 1769, 1], 'as on demand'],
    ['google-cloud-run', { memoryMiB: 64 }, [128, 0.083, 1], 'the least there is'],
    ['google-cloud-run', { memoryMiB: 600 }, [600, 0.583, 1], 'memory as asked, vCPUs of the next'],
    ['google-cloud-run', { concurrency: 80 }, [512, 1, 80], 'sharing takes a whole vCPU'],
    ['google-cloud-run', { vcpu: 0.5, concurrency: 2 }, [512, 1, 2], 'whatever is asked for'],
    ['google-cloud-run', { vcpu: 0.0801 }, [512, 0.081, 1], 'in steps of 0.001'],
    ['google-cloud-run', { vcpu: 0.167, memoryMiB: 256 }, [256, 0.167, 1], 'not a step more'],
    ['google-cloud-run', { vcpu: 3, memoryMiB: 4096 }, [4096, 4, 1], 'no 3 vCPUs are sold'],
    ['google-cloud-run', { memoryMiB: 24_577 }, [24_577, 8, 1], 'above 24 GiB'],
    ['google-cloud-run-instance-based', {}, [512, 1, 1], 'never below one vCPU'],
    ['google-cloud-run-instance-based', { memoryMiB: 8192 }, [8192, 2, 1], 'as its size has'],
    ['google-cloud-functions-1st-gen', { memoryMiB: 600 }, [1024, 0.583, 1], 'the next size'],
    ['google-cloud-functions-1st-gen', { vcpu: 1 }, [2048, 1, 1], 'the size with the vCPU'],
    ['azure-functions-flex', { memoryMiB: 128 }, [512, 0.25, 1], 'the smallest size'],
    ['azure-functions-flex', { concurrency: 16 }, [512, 0.25, 16], 'shared at any size'],
    ['azure-functions-flex', { vcpu: 1 }, [2048, 1, 1], 'the size with the vCPU'],
    ['azure-functions-flex', { memoryMiB: 2049 }, [4096, 2, 1], 'the next size'],
    ['azure-functions-consumption', { memoryMiB: 129, concurrency: 5 }, [256, 1, 1], 'observed'],
    ['azure-functions-premium-EP1', { concurrency: 8 }, [3584, 1, 8], 'a vCPU each'],
    ['azure-functions-premium-EP3', { vcpu: 0.5 }, [14_336, 4, 8], 'half a vCPU each'],
    ['azure-functions-premium-EP3', { memoryMiB: 7168 }, [14_336, 4, 2], 'as memory fits'],
  ])('of %s for %j is %j: %s', (plan, change, [memoryMiB, vcpu, concurrency], _why) => {
    expect(configure(plan, { ...asked, ...change })).toMatchObject({
      memoryMiB,
      vcpu,
      concurrency,
      architecture: 'x86_64',
    });
  });

  test.each<[FunctionPlanId, Partial<RequestedConfiguration>, string]>([
    ['aws-lambda', { memoryMiB: 10_241 }, 'No 10,241 MiB: an instance has at most 10 GiB'],
    ['aws-lambda', { vcpu: 6 }, 'No 6 vCPU: an instance has at most 5.789'],
    [
      'google-cloud-run',
      { memoryMiB: 32_768, vcpu: 0.08 },
      'Cloud Run has no 32 GiB with 0.08 vCPU: 32 GiB needs at least 8 vCPU',
    ],
    [
      'google-cloud-run',
      { memoryMiB: 513, vcpu: 0.4 },
      'Cloud Run has no 513 MiB with 0.4 vCPU: 513 MiB needs at least 0.5 vCPU',
    ],
    [
      'google-cloud-run',
      { memoryMiB: 1025, vcpu: 0.9 },
      'Cloud Run has no 1,025 MiB with 0.9 vCPU: 1,025 MiB needs at least 1 vCPU',
    ],
    [
      'google-cloud-run',
      { memoryMiB: 2047, vcpu: 4 },
      'Cloud Run has no 4 vCPU with 2,047 MiB: 4 vCPU needs at least 2 GiB',
    ],
    ['google-cloud-run', { vcpu: 0.07 }, 'Cloud Run has no 0.07 vCPU: 0.08 is the least'],
    ['google-cloud-run', { vcpu: 9 }, 'No 9 vCPU: an instance has at most 8'],
    ['google-cloud-run', { memoryMiB: 32_769 }, 'No 32,769 MiB: an instance has at most 32 GiB'],
    ['google-cloud-functions-1st-gen', { vcpu: 3 }, 'No 3 vCPU: an instance has at most 2'],
    ['azure-functions-flex', { memoryMiB: 5120 }, 'No 5 GiB: an instance has at most 4 GiB'],
    [
      'azure-functions-consumption',
      { memoryMiB: 1537 },
      'No 1,537 MiB: an instance has at most 1,536 MiB',
    ],
    ['azure-functions-premium-EP1', { vcpu: 2 }, 'No 2 vCPU: an instance has at most 1'],
  ])('that %s has not for %j says %s', (plan, change, reason) => {
    expect(configure(plan, { ...asked, ...change })).toMatchObject({ reason: { en: reason } });
  });

  test('is on arm64 on AWS alone, and elsewhere says so', () => {
    const arm = { ...asked, architecture: 'arm64' } as const;
    expect(configure('aws-lambda', arm)).toMatchObject({ architecture: 'arm64', notes: [] });
    expect(configure('google-cloud-run', arm)).toMatchObject({
      architecture: 'x86_64',
      notes: [{ en: 'Runs on x86_64: no arm64 here' }],
    });
  });

  test('writes numbers as each language does', () => {
    const { notes } = { notes: [], ...configure('aws-lambda', { ...asked, vcpu: 1.5 }) };
    expect(notes).toEqual([
      {
        vi: '512 MiB thành 2.654 MiB, vì vCPU đi theo bộ nhớ: 1,5 vCPU cần chừng ấy',
        en: '512 MiB becomes 2,654 MiB, because vCPUs come with memory: 1.5 vCPU needs that much',
      },
    ]);
  });

  const anything = fc.record({
    memoryMiB: fc.integer({ min: 1, max: 40_000 }),
    vcpu: fc.option(
      fc.integer({ min: 1, max: 9000 }).map((thousandths) => thousandths / 1000),
      { nil: null },
    ),
    concurrency: fc.integer({ min: 1, max: 1000 }),
    architecture: fc.constantFrom('x86_64', 'arm64'),
  } as const);

  test('has what was asked for, within the limits, and asking for it again changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...functionPlanIds), anything, (plan, wish) => {
        const got = configure(plan, wish);
        if ('reason' in got) return;
        const { memoryMiB, vcpu } = got;
        expect(memoryMiB).toBeGreaterThanOrEqual(wish.memoryMiB);
        expect(vcpu).toBeGreaterThanOrEqual((wish.vcpu ?? 0) - 1e-9);
        expect(memoryMiB).toBeLessThanOrEqual(functionLimits(plan).memoryMiB.max);
        // A premium instance holds the function several times: asking for all of it is another question.
        fc.pre(!plan.startsWith('azure-functions-premium'));
        expect(configure(plan, got)).toEqual({ ...got, notes: [] });
      }),
    );
  });
});
