export type { Cloud, Deployment, Status } from './engine/cloud.ts';
export type { DeployContext } from './engine/deploy-context.ts';
export type { LogLine } from './engine/log-entry.ts';
export { loadCloud } from './engine/clouds.ts';
export { configurationOf } from './engine/configuration.ts';
export type { Check } from './engine/check.ts';
export {
  CredentialsError,
  DeployError,
  DeploymentInProgressError,
  InterruptedError,
  NothingDeployedError,
} from './engine/errors.ts';
export type {
  Difference,
  Placeholder,
  DeploymentPlan,
  PlannedPermission,
  PlannedRequest,
  PlannedResource,
} from './engine/plan.ts';
export { commandByName, type DeployCommand, type NextCommand } from './engine/next-command.ts';
export type { OnStep, Step } from './engine/step.ts';
export type { BrokenRule, Target } from './engine/target.ts';
export { isRunning } from './engine/is-running.ts';
export { type DeploySettings, parseSettings } from './engine/settings.ts';
export { toTarget } from './engine/to-target.ts';
export { isSecretName, redactJson, redactor, type Redact } from './engine/redact.ts';
export { realTiming, type Timing } from './engine/timing.ts';
export { verify } from './engine/verify.ts';
