import { DeployError } from '../engine/errors.ts';
import { type Group, orNull } from './group.ts';
import { tags } from './names.ts';
import type { Session } from './session.ts';

/** A resource of the group. */
export interface Listed {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Whether it is from here, or Azure put it there because of what is from here. */
  readonly isOurs: boolean;
}

/** Everything in the group. */
export async function listResources(
  { name }: Pick<Group, 'name'>,
  { arm, signal }: Session,
): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  await orNull(async () => {
    for await (const each of arm.resources.listByResourceGroup(name, { abortSignal: signal })) {
      const type = each.type ?? '';
      listed.push({
        id: each.id ?? '',
        type,
        name: each.name ?? '',
        isOurs: each.tags?.[tags.owner] === name || isAzuresOwn(type, each.name ?? ''),
      });
    }
  });
  return listed;
}

// Application Insights gets an alert rule and its group of recipients by itself,
// https://learn.microsoft.com/azure/azure-monitor/alerts/proactive-failure-diagnostics (2026-11-22).
function isAzuresOwn(type: string, name: string): boolean {
  return (
    type.toLowerCase() === 'microsoft.alertsmanagement/smartdetectoralertrules' ||
    (type.toLowerCase() === 'microsoft.insights/actiongroups' &&
      name === 'Application Insights Smart Detection')
  );
}

/** What is in the group, by name, for whoever cleans up. */
export async function leftBehind(name: string, session: Session): Promise<readonly string[]> {
  // Asked for after an interruption too, so not with the signal of the command.
  const patient = { ...session, signal: AbortSignal.timeout(session.pace.requestMs) };
  const group = await orNull(() =>
    session.arm.resourceGroups.get(name, { abortSignal: patient.signal }),
  );
  if (group?.tags?.[tags.owner] !== name) return [];
  const resources = await listResources({ name }, patient);
  return [
    `resource group ${name}`,
    ...resources.filter(({ isOurs }) => isOurs).map((each) => `${each.type} ${each.name}`),
  ];
}

/** @throws {DeployError} where somebody else's resources stand in the group: with it they would go too. */
export function refuseOthers(name: string, resources: readonly Listed[]): void {
  const others = resources.filter(({ isOurs }) => !isOurs);
  if (others.length === 0) return;
  const named = others.map((each) => `  ${each.type} ${each.name}`).join('\n');
  throw new DeployError(
    'azure',
    `in the resource group ${name} stands what is not from here, and would go with it:\n${named}`,
    {
      hint: `az resource move, or az resource delete --ids ${others.map(({ id }) => id).join(' ')}`,
    },
  );
}
