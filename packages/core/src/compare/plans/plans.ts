import { awsLambdaProvisioned } from './aws-lambda-provisioned.ts';
import { awsLambda } from './aws-lambda.ts';
import { azureFunctionsConsumption } from './azure-functions-consumption.ts';
import { azureFunctionsFlexAlwaysReady } from './azure-functions-flex-always-ready.ts';
import { azureFunctionsFlex } from './azure-functions-flex.ts';
import { azureFunctionsPremium } from './azure-functions-premium.ts';
import { googleCloudFunctions1stGen } from './google-cloud-functions-1st-gen.ts';
import { googleCloudRunInstances } from './google-cloud-run-instances.ts';
import { googleCloudRun } from './google-cloud-run.ts';
import type { PricingPlan } from './plan.ts';

/** Every plan that a workload is priced on. */
export const plans: readonly PricingPlan[] = [
  awsLambda,
  awsLambdaProvisioned,
  googleCloudRun,
  googleCloudRunInstances,
  googleCloudFunctions1stGen,
  azureFunctionsFlex,
  azureFunctionsFlexAlwaysReady,
  azureFunctionsConsumption,
  ...azureFunctionsPremium,
];
