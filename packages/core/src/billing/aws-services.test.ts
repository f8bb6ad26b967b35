import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../invalid-input.ts';
import { billUsage } from './bill-usage.ts';
import { parseUsage } from './parse-usage.ts';
import { priceLists } from '../price-lists.ts';

const fargate = { tasks: 1, vcpu: 1, memoryGiB: 2 };

function itemOf(service: string, usage: object, more: object = {}) {
  return { service, region: 'us-east-1', usage, ...more };
}

describe('what is metered of the services beside Lambda', () => {
  test.each([
    {
      item: itemOf('aws-step-functions', { requests: 10, durationMs: 123 }, { plan: 'express' }),
      // 10 x 0.2 s x 64 / 1,024
      used: { 'express-requests': '10', 'express-duration': '0.125' },
      why: 'an express workflow is billed by 100 ms and 64 MB',
    },
    {
      item: itemOf('aws-fargate', { ...fargate, durationSeconds: 0.5 }),
      used: { 'cpu-x86_64': '0.016666666667', 'memory-x86_64': '0.033333333333' },
      why: 'a task is billed for a minute at least',
    },
    {
      item: itemOf('aws-fargate', {
        ...fargate,
        durationSeconds: 3600,
        architecture: 'arm64',
        ephemeralGiB: 50,
      }),
      used: { 'cpu-arm64': '1', 'memory-arm64': '2', 'ephemeral-storage': '30' },
      why: 'the first 20 GB of disk are not billed',
    },
    {
      item: itemOf('aws-fargate', { ...fargate, durationSeconds: 1, os: 'windows' }),
      used: { 'cpu-windows': '300', 'os-windows': '300', 'memory-windows': '600' },
      why: 'a task under Windows is billed for five minutes at least',
    },
    {
      item: itemOf('aws-ec2', {
        size: 't3.micro',
        hours: 1460,
        loadBalancerHours: 730,
        loadBalancerCapacityUnitHours: 10.5,
        natGatewayHours: 2,
        natGatewayGb: 3,
      }),
      used: {
        't3.micro': '1460',
        alb: '730',
        'alb-capacity': '10.5',
        'nat-gateway': '2',
        'nat-gateway-data': '3',
      },
      why: 'machines can stand behind a load balancer and a NAT gateway',
    },
    {
      item: itemOf('aws-firehose', { records: 1_048_576, recordKiB: 5.1 }),
      used: { ingest: '10' },
      why: 'a record is rounded up to 5 KB',
    },
    {
      item: itemOf(
        'aws-dynamodb',
        { writes: 10, reads: 10, itemKiB: 4.1, transactionalWrites: true },
        { plan: 'on-demand-items' },
      ),
      used: { wru: '100', rru: '10' },
      why: '4.1 KB are five writes, in a transaction ten; two reads, half of them where consistency may wait',
    },
    {
      item: itemOf(
        'aws-dynamodb',
        {
          tableClass: 'standard-ia',
          writes: 1,
          reads: 1,
          itemKiB: 0,
          consistency: 'transactional',
          storageGbMonths: 3,
        },
        { plan: 'on-demand-items' },
      ),
      used: { 'ia-wru': '1', 'ia-rru': '2', 'ia-storage': '3' },
      why: 'nothing is a unit all the same, and a read in a transaction takes two',
    },
    {
      item: itemOf('aws-sns', { publishes: 10, payloadKiB: 65, subscriptions: { http: 3 } }),
      used: { requests: '20', http: '60' },
      why: '65 KB are published and delivered as two',
    },
    {
      item: itemOf('aws-api-gateway-websocket', { messages: 10, messageKiB: 128 }),
      used: { messages: '40', 'connection-minutes': '0' },
      why: 'a message is billed by 32 KB',
    },
    {
      item: itemOf('aws-api-gateway-rest-private', {
        requests: 1_048_576,
        requestKiB: 0.5,
        responseKiB: 1,
        endpointZones: 2,
        endpointHours: 100,
      }),
      used: { 'endpoint-hours': '200', 'endpoint-data': '1.5', requests: '1048576' },
      why: 'an endpoint passes data both ways, and stands in each zone',
    },
  ])('$item.service: $why', ({ item, used }) => {
    const { lines } = billUsage(parseUsage({ items: [item] }, priceLists), { asOf: '2026-11-22' });
    expect(Object.fromEntries(lines.map((line) => [line.price, line.used]))).toEqual(used);
  });

  test('counts private and public calls of REST APIs towards the same tiers', () => {
    const requests = 200_000_000;
    const items = [
      itemOf('aws-api-gateway-rest', { requests }),
      itemOf('aws-api-gateway-rest-private', { requests, endpointZones: 0 }),
    ];
    // 333M x 3.50 + 67M x 2.80
    expect(billUsage(parseUsage({ items }, priceLists), { asOf: '2026-11-22' }).totalUsd).toBe(
      '1353.1',
    );
  });

  test.each([
    {
      item: itemOf('aws-fargate', { ...fargate, memoryGiB: 16, durationSeconds: 60 }),
      problem: 'is 16, but must be one of 2, 3, 4, 5, 6, 7, 8 with 1 vCPU',
    },
    {
      item: itemOf('aws-fargate', {
        ...fargate,
        durationSeconds: 60,
        os: 'windows',
        architecture: 'arm64',
      }),
      problem: 'is "arm64", but must be "x86_64" under Windows',
    },
    {
      item: itemOf('aws-api-gateway-rest', { requests: 1, cacheHours: 3 }),
      problem: 'is 3, but must be 0 where no cacheGiB is given',
    },
    {
      item: itemOf('aws-firehose', { records: 1, recordKiB: 1, vpcGb: 1 }),
      problem: 'is "us-east-1", where no price of vpc-data is known; it is known in eu-west-2',
    },
  ])('$item.service refuses what $problem', ({ item, problem }) => {
    expect(problemsOf(item)).toEqual([problem]);
  });
});

function problemsOf(item: unknown): readonly string[] {
  try {
    parseUsage({ items: [item] }, priceLists);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults.map((fault) => fault.problem);
    throw error;
  }
  return [];
}
