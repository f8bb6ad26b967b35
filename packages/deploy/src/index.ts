export type { Archive, ArchiveFile } from './archive/archive.ts';
export type { Cloud, Deployment, LogLine, Status, Surroundings } from './cloud.ts';
export { clouds } from './clouds.ts';
export { configurationOf } from './configuration.ts';
export type { Check } from './doctor/check.ts';
export {
  CredentialsError,
  DeployError,
  DeploymentInProgressError,
  InterruptedError,
  NothingDeployedError,
} from './errors.ts';
export type {
  Difference,
  Placeholder,
  Plan,
  PlannedPermission,
  PlannedRequest,
  PlannedResource,
} from './plan.ts';
export type { OnStep, Step } from './step.ts';
export type { BrokenRule, Target } from './target.ts';
export { createArchive, UnsafePathError } from './archive/create-archive.ts';
export { isRunning } from './is-running.ts';
export { monthlyCost, type MonthlyCost } from './monthly-cost.ts';
export { type DeploySettings, parseSettings } from './settings/settings.ts';
export { toTarget } from './settings/to-target.ts';
export { isSecretName, redactJson, redactor, type Redact } from './redact.ts';
export { aws } from './aws/aws.ts';
export { azure } from './azure/azure.ts';
