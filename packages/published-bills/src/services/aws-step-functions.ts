import { amount, count, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf } from '../restated.ts';

const free = freeTier({
  transitions: ['transitions'],
  requests: ['express-requests'],
  gb_s: ['express-duration'],
});

const inputs = fields({
  region: v.optional(v.string('the name of a region'), 'us-east-1'),
  type: v.optional(oneOf(['standard', 'express']), 'standard'),
  transitions: v.optional(count()),
  executions: v.optional(count()),
  transitions_per_execution: v.optional(amount()),
  requests: v.optional(count()),
  duration_ms: v.optional(amount()),
  memory_mb: v.optional(amount()),
  free_tier: free.schema,
});

type Inputs = v.InferOutput<typeof inputs>;

/** A check that belongs to one field. */
function only(field: keyof Inputs, isRight: (given: Inputs) => boolean, right: string) {
  return v.forward(v.check(isRight, right), [field]);
}

/** What one kind of workflow is not billed by. */
function notOf(type: Inputs['type'], field: keyof Inputs) {
  return only(
    field,
    (given) => given.type !== type || given[field] === undefined,
    `left out where type is ${JSON.stringify(type)}`,
  );
}

/** Bills of Step Functions. */
export const awsStepFunctions = mappingOf(
  v.pipe(
    inputs,
    notOf('standard', 'requests'),
    notOf('standard', 'duration_ms'),
    notOf('standard', 'memory_mb'),
    notOf('express', 'transitions'),
    notOf('express', 'transitions_per_execution'),
    only(
      'transitions',
      ({ type, transitions, executions, transitions_per_execution: each }) =>
        type === 'express' ||
        (transitions === undefined) === (executions !== undefined && each !== undefined),
      'given, or else executions and transitions_per_execution',
    ),
    only(
      'requests',
      ({ type, requests, executions }) =>
        type === 'standard' || (requests === undefined) !== (executions === undefined),
      'given, or else executions',
    ),
    only(
      'duration_ms',
      ({ type, duration_ms }) => type === 'standard' || duration_ms !== undefined,
      'given where type is "express"',
    ),
  ),
  (given) => {
    const { region, type, executions = 0, transitions_per_execution = 0, free_tier } = given;
    const usage =
      type === 'standard'
        ? {
            transitions: given.transitions ?? Math.round(executions * transitions_per_execution),
          }
        : {
            requests: given.requests ?? executions,
            durationMs: given.duration_ms,
            memoryMiB: given.memory_mb ?? 0,
          };
    return {
      items: [{ service: 'aws-step-functions', region, plan: type, usage }],
      free: free.from(free_tier),
      lines: {
        transitions: ['transitions'],
        requests: ['express-requests'],
        duration: ['express-duration'],
      },
      tiersOf: 'duration',
    };
  },
);
