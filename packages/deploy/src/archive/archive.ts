export type { DeploymentPackage as Archive } from '@tricloud/build';
