import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  deployedRuntime,
  isPast,
  limitsOf,
  providerIds,
  providers,
  ProviderSchema,
  services,
  ServiceSchema,
  type Source,
  SourceSchema,
  type Text,
  TextSchema,
} from '../index.ts';

// The letters that Vietnamese has and unaccented text has not.
const vietnamese = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i;

function everyText(value: unknown): readonly Text[] {
  if (typeof value !== 'object' || value === null) return [];
  return v.is(TextSchema, value) ? [value] : Object.values(value).flatMap(everyText);
}

function everySource(value: unknown): readonly Source[] {
  if (typeof value !== 'object' || value === null) return [];
  return v.is(SourceSchema, value) ? [value] : Object.values(value).flatMap(everySource);
}

describe('the providers', () => {
  test.each(providers.map((provider) => [provider.id, provider] as const))(
    '%s fits its schema',
    (_, provider) => {
      expect(v.parse(ProviderSchema, provider)).toEqual(provider);
    },
  );

  test('are the three, once each', () => {
    expect(providers.map((provider) => provider.id)).toEqual(['aws', 'google', 'azure']);
  });

  test.each(providers.map((provider) => [provider.id, provider] as const))(
    '%s names every runtime, plan and limit once',
    (_, { runtimes, plans }) => {
      for (const ids of [
        runtimes.map((runtime) => runtime.id),
        plans.map((plan) => plan.id),
        ...plans.map((plan) => plan.limits.map((limit) => limit.id)),
      ]) {
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThan(0);
      }
    },
  );

  test('have each one plan or more for new functions', () => {
    for (const { plans } of providers) expect(plans.some((plan) => !plan.legacy)).toBe(true);
  });

  test.each(providerIds)('%s gets a Node.js with years of support left', (id) => {
    const runtime = deployedRuntime(id);
    expect(runtime).toMatchObject({ language: 'Node.js', preview: false });
    expect(isPast(runtime, '2028-04-30')).toBe(false);
  });

  // One Node runs the functions of all three on a developer's machine.
  test('get the same major of Node.js', () => {
    const majors = providerIds.map((id) => deployedRuntime(id).version);
    expect(new Set(majors)).toEqual(new Set(['24']));
  });

  test.each([
    ['aws', 'nodejs20.x', '2026-04-30'],
    ['aws', 'python3.10', '2026-10-31'],
    ['google', 'nodejs20', '2026-04-30'],
    ['azure', 'dotnet-8', '2026-11-10'],
    ['azure', 'java-8', '2026-11-30'],
  ] as const)('%s supports %s up to %s', (provider, id, endOfLife) => {
    const runtimes = providers.find((one) => one.id === provider)?.runtimes;
    expect(runtimes?.find((runtime) => runtime.id === id)?.endOfLife).toBe(endOfLife);
  });

  test('stop updates of a runtime only after its support has ended', () => {
    const early = providers
      .flatMap((provider) => provider.runtimes)
      .filter(
        ({ endOfLife, blocked }) => endOfLife !== null && blocked !== null && blocked <= endOfLife,
      );
    expect(early).toEqual([]);
  });
});

describe('isPast', () => {
  test.each([
    { endOfLife: '2026-04-30', asOf: '2026-04-29', past: false, why: 'the day before' },
    { endOfLife: '2026-04-30', asOf: '2026-04-30', past: false, why: 'its last day counts' },
    { endOfLife: '2026-04-30', asOf: '2026-05-01', past: true, why: 'the day after' },
    { endOfLife: null, asOf: '2099-01-01', past: false, why: 'nobody has named an end' },
  ])('$endOfLife as of $asOf is $past: $why', ({ endOfLife, asOf, past }) => {
    expect(isPast({ endOfLife }, asOf)).toBe(past);
  });
});

describe('the services', () => {
  test.each(services.map((service) => [service.id, service] as const))(
    '%s fits its schema',
    (_, service) => {
      expect(v.parse(ServiceSchema, service)).toEqual(service);
    },
  );

  test('are the eleven of the lesson, in its order', () => {
    expect(services.map((service) => service.id)).toEqual([
      'lambda',
      'dynamodb',
      'cognito',
      'api-gateway',
      's3',
      'sns',
      'sqs',
      'data-firehose',
      'aurora-serverless',
      'step-functions',
      'fargate',
    ]);
  });

  test('have each at least one equivalent at Google and at Azure', () => {
    for (const { google, azure } of services) {
      expect(google.length).toBeGreaterThan(0);
      expect(azure.length).toBeGreaterThan(0);
    }
  });
});

describe('the limits', () => {
  test('are those that providers are known to enforce', () => {
    expect(
      providers.map(({ id }) => {
        const { requestBytes, responseBytes, timeoutMs, httpTimeoutMs, tooLarge } = limitsOf(id);
        return [id, requestBytes, responseBytes, timeoutMs, httpTimeoutMs, tooLarge.status];
      }),
    ).toEqual([
      ['aws', 6_291_456, 6_291_556, 900_000, 30_000, 413],
      ['google', 33_554_432, 33_554_432, 3_600_000, 3_600_000, 413],
      ['azure', 104_857_600, null, null, 230_000, 500],
    ]);
  });

  test('of a response come with the answer to one that is too large', () => {
    for (const { limits } of providers) {
      expect(limits.responseTooLarge === null).toBe(limits.responseBytes === null);
    }
  });

  test('of memory hold the default and, in order, every size', () => {
    for (const { id } of providers) {
      const { min, max, default: usual, sizes } = limitsOf(id).memoryMiB;
      const all = sizes ?? [min, usual, max];
      expect(all.includes(usual)).toBe(true);
      expect([all[0], all.at(-1)]).toEqual([min, max]);
      expect(all.toSorted((a, b) => a - b)).toEqual(all);
    }
  });

  test('of JSON answers hold JSON', () => {
    for (const { limits } of providers) {
      const { tooLarge, responseTooLarge, timedOut, httpTimedOut, crashed } = limits;
      const json = [tooLarge, responseTooLarge, timedOut, httpTimedOut, crashed].filter(
        (answer) => answer?.headers['content-type'] === 'application/json',
      );
      for (const answer of json) {
        expect(JSON.parse(answer?.body ?? '')).toEqual({ message: expect.any(String) });
      }
    }
  });
});

describe('every text of the catalogue', () => {
  const texts = everyText([providers, services]);

  test('is Vietnamese in Vietnamese unless it is the same in both', () => {
    const unaccented = texts.filter(({ vi, en }) => vi !== en && !vietnamese.test(vi));
    expect(unaccented).toEqual([]);
  });

  test('has no Vietnamese letter in English', () => {
    expect(texts.filter(({ vi, en }) => vi !== en && vietnamese.test(en))).toEqual([]);
  });

  test('stands without spaces around it', () => {
    for (const { vi, en } of texts) expect([vi.trim(), en.trim()]).toEqual([vi, en]);
  });
});

describe('every source of the catalogue', () => {
  const sources = everySource([providers, services]);

  test('is an address that parses', () => {
    for (const { url } of sources) expect(new URL(url).protocol).toBe('https:');
  });

  test('is not of a day after the one on which the facts were gathered', () => {
    for (const { date } of sources) expect(date <= '2026-11-22').toBe(true);
  });
});
