import type { DeploymentPackage } from '@tricloud/build';
import { deploymentIdVariable } from '../../engine/deployment-id.ts';
import { hiddenDifference } from '../../engine/hidden-difference.ts';
import { type Difference, difference } from '../../engine/plan.ts';
import type { Redact } from '../../engine/redact.ts';
import type { AwsSession } from '../credentials/session.ts';
import { type Template, toText } from '../template/parse-template.ts';
import { settingsSha256, stackTemplate } from '../template/stack-template.ts';
import type { Stack } from './read-stack.ts';

/** What a deployment would change in the stack. */
export function differences(
  { target, redact }: AwsSession,
  deploymentPackage: DeploymentPackage,
  stack: Stack | null,
): readonly Difference[] {
  const planned = stackTemplate(target, deploymentPackage, { folder: '', previous: {} });
  const { ArchiveSha256 = null, SettingsSha256 = null } = stack?.record ?? {};
  const found = [
    ...difference('deployment package', ArchiveSha256, deploymentPackage.sha256),
    ...resourceDifferences(stack?.template ?? null, planned, redact),
  ];
  if (found.length > 0) return found;
  // The template may be the one of a change that failed; the record is of what is deployed.
  return difference('settings', SettingsSha256, settingsSha256(target));
}

/** Follow from the deployment package, which is compared by itself. */
const implied: ReadonlySet<string> = new Set([
  'Code.S3Key',
  `Environment.Variables.${deploymentIdVariable}`,
]);

function resourceDifferences(
  deployed: Template | null,
  update: Template,
  redact: Redact,
): readonly Difference[] {
  const [before, planned] = [deployed?.Resources ?? {}, update.Resources];
  return keysOf(before, planned).flatMap((id) => {
    const [old, next] = [before[id], planned[id]];
    if (old === undefined || next === undefined) {
      return difference(id, old?.Type ?? null, next?.Type ?? null);
    }
    const [had, has] = [leavesOf(old.Properties), leavesOf(next.Properties)];
    return keysOf(had, has)
      .filter((path) => !implied.has(path))
      .flatMap((path) => {
        const what = `${id}.${path}`;
        const [was, is] = [had[path] ?? null, has[path] ?? null];
        if (was === is) return [];
        if (!path.startsWith('Environment.')) {
          return [{ what, deployed: was && redact(was), planned: is && redact(is) }];
        }
        return [hiddenDifference(what, was, is)];
      });
  });
}

function keysOf(...objects: readonly object[]): readonly string[] {
  return [...new Set(objects.flatMap((each) => Object.keys(each)))];
}

/** The values of a tree by their paths; a reference is one value. */
function leavesOf(value: unknown, path = ''): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || isIntrinsic(value)) {
    return { [path]: toText(value) };
  }
  const leaves = Object.entries(value).map(([name, each]) =>
    leavesOf(each, path === '' ? name : `${path}.${name}`),
  );
  return Object.assign({}, ...leaves);
}

function isIntrinsic(value: object): boolean {
  return /^(?:Ref$|Fn::)/.test(Object.keys(value)[0] ?? '');
}
