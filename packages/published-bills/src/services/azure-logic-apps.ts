import { amount, count, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of Logic Apps on a Standard plan. */
export const azureLogicApps = mappingOf(
  fields({
    plan: oneOf(['WS1', 'WS2', 'WS3']),
    hours: v.optional(amount(), 730),
    standard_calls: v.optional(count(), 0),
    enterprise_calls: v.optional(count(), 0),
  }),
  ({ plan, hours, standard_calls, enterprise_calls }) => ({
    items: [
      {
        service: 'azure-logic-apps',
        region: 'westeurope',
        usage: {
          size: plan,
          hours,
          standardConnectorCalls: standard_calls,
          enterpriseConnectorCalls: enterprise_calls,
        },
      },
    ],
    free: [],
    lines: {
      vcore: ['vcpu'],
      vcpu: ['vcpu'],
      memory: ['memory'],
      standard_calls: ['standard-calls'],
      enterprise_calls: ['enterprise-calls'],
    },
  }),
);
