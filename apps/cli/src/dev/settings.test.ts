import { expect, test } from 'vitest';
import { parse } from '../command-line/parse.ts';
import { dev } from '../declarations/local.ts';
import { runtimesOf } from './settings.ts';

const defaults = {
  providers: ['aws', 'google', 'azure'],
  ports: { console: 4000, aws: 4001, google: 4002, azure: 4003 },
  env: [],
  watch: true,
  json: false,
};

test.each([
  { args: '', env: {}, changed: {}, why: 'nothing is asked for' },
  {
    args: '--port-aws 5001',
    env: { TRICLOUD_PORT_AWS: '6001', TRICLOUD_PORT_AZURE: '0' },
    changed: { ports: { console: 4000, aws: 5001, google: 4002, azure: 0 } },
    why: 'a flag stands before a variable, a variable before the default',
  },
  { args: '', env: { TRICLOUD_PORT_CONSOLE: '' }, changed: {}, why: 'an empty variable is none' },
  {
    args: '--only azure,aws',
    env: {},
    changed: { providers: ['aws', 'azure'] },
    why: 'the order is always the same',
  },
  {
    args: '--only azure --only google',
    env: {},
    changed: { providers: ['google', 'azure'] },
    why: 'it may be said twice',
  },
  {
    args: '--only aws --port-aws 4002',
    env: {},
    changed: { providers: ['aws'], ports: { console: 4000, aws: 4002, google: 4002, azure: 4003 } },
    why: 'the port of a runtime that is not started is free',
  },
  {
    args: '--port-aws 0 --port-google 0',
    env: {},
    changed: { ports: { console: 4000, aws: 0, google: 0, azure: 4003 } },
    why: 'two free ports are two ports',
  },
  {
    args: '--function f.ts --compare w.json --aws-instances 2 --node /n --inspect aws --env a --env b --no-watch --json',
    env: {},
    changed: {
      function: 'f.ts',
      compare: 'w.json',
      awsInstances: 2,
      node: '/n',
      inspect: 'aws',
      env: ['a', 'b'],
      watch: false,
      json: true,
    },
    why: 'everything is asked for',
  },
])('dev $args with $env: $why', ({ args, env, changed }) => {
  const { values } = parse(dev, args.split(' ').filter(Boolean), env);
  expect({ ...values, ...runtimesOf(values) }).toMatchObject({ ...defaults, ...changed });
});
