import type { Parameters } from './parameters.ts';
import { template } from './template.ts';

/** Whoever deploys, as the token says. */
export interface Principal {
  readonly objectId: string;
  readonly type: 'User' | 'ServicePrincipal';
}

/** The body of the deployment. Incremental: what else is in the group stays as it is. */
export function deploymentBody(parameters: Parameters, principal: Principal) {
  const all = { ...parameters, deployerId: principal.objectId, deployerType: principal.type };
  return {
    properties: {
      mode: 'Incremental' as const,
      template: { ...template },
      parameters: Object.fromEntries(
        Object.entries(all).map(([name, value]) => [name, { value }] as const),
      ),
    },
  };
}

/** Where one-deploy takes an archive, as `az functionapp deployment source config-zip` sends it. */
export const publishPath = '/api/publish?RemoteBuild=false&Deployer=tricloud';
