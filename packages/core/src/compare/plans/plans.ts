import { awsLambda } from './aws-lambda.ts';
import { azureFunctionsConsumption } from './azure-functions-consumption.ts';
import { azureFunctionsFlex } from './azure-functions-flex.ts';
import { googleCloudRun } from './google-cloud-run.ts';
import type { Plan } from './plan.ts';

/** Every plan that a workload is compared on. */
export const plans: readonly Plan[] = [
  awsLambda,
  googleCloudRun,
  azureFunctionsFlex,
  azureFunctionsConsumption,
];
