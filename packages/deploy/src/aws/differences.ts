import type { Archive } from '../archive/archive.ts';
import type { Difference } from '../engine/plan.ts';
import { redactor } from '../engine/redact.ts';
import type { Access } from './access.ts';
import { cloudFormation } from './clients.ts';
import { fingerprints } from './deployment-file.ts';
import { CredentialsError } from '../engine/errors.ts';
import { packaged } from './package.ts';
import { configurationOf } from './service-dir.ts';
import { readStack, type Stack } from './stack.ts';
import { inWords, type Template } from './template.ts';

/** What a deployment would change in the stack; null where there are no credentials to ask with. Changes nothing. */
export async function differences(
  access: Access,
  archive: Archive,
): Promise<readonly Difference[] | null> {
  const { target, context } = access;
  const stack = await readOrNull(access);
  if (stack === 'no credentials') return null;
  const { update } = await packaged(target, archive, context);
  const deployed = stack?.template ?? null;
  const found = [
    ...difference('archive', stack?.record.ArchiveSha256 ?? null, archive.sha256),
    ...resourceDifferences(deployed, update, redactor(context.env, target.environment)),
  ];
  if (found.length > 0) return found;
  const wanted = fingerprints(target, archive, await configurationOf(context.appDir));
  return difference('settings', stack?.record.SettingsSha256 ?? null, wanted.SettingsSha256);
}

async function readOrNull(access: Access): Promise<Stack | null | 'no credentials'> {
  try {
    return await readStack(access, await cloudFormation(access));
  } catch (error) {
    const cause = error instanceof CredentialsError ? error.cause : undefined;
    if (cause instanceof Error && cause.name === 'CredentialsProviderError')
      return 'no credentials';
    throw error;
  }
}

function resourceDifferences(
  deployed: Template | null,
  planned: Template,
  redact: (text: string) => string,
): readonly Difference[] {
  const [before, after] = [deployed?.Resources ?? {}, planned.Resources];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((id) => {
    const [old, next] = [before[id], after[id]];
    if (old === undefined || next === undefined) {
      return difference(id, old?.Type ?? null, next?.Type ?? null);
    }
    const [had, has] = [leaves(old.Properties), leaves(next.Properties)];
    return [...new Set([...had.keys(), ...has.keys()])]
      .filter((path) => path !== 'Code.S3Key')
      .flatMap((path) => {
        const what = `${id}.${path}`;
        const [was, is] = [had.get(path) ?? null, has.get(path) ?? null];
        return path.startsWith('Environment.')
          ? hidden(what, was, is)
          : difference(what, was && redact(was), is && redact(is));
      });
  });
}

/** The values at the ends of a tree, by their paths; what refers to something else is one value. */
function leaves(part: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof part !== 'object' || part === null || isIntrinsic(part)) {
    return new Map([[path, inWords(part)]]);
  }
  return new Map(
    Object.entries(part).flatMap(([name, value]) => [
      ...leaves(value, path === '' ? name : `${path}.${name}`),
    ]),
  );
}

function isIntrinsic(value: object): boolean {
  return /^(?:Ref$|Fn::)/.test(Object.keys(value)[0] ?? '');
}

function difference(
  what: string,
  deployed: string | null,
  planned: string | null,
): readonly Difference[] {
  return deployed === planned ? [] : [{ what, deployed, planned }];
}

/** A variable’s values stay where they are: only that they differ is told. */
function hidden(what: string, was: string | null, is: string | null): readonly Difference[] {
  if (was === is) return [];
  return [
    {
      what,
      deployed: was && '(a value)',
      planned: is && (was === null ? '(a value)' : '(another value)'),
    },
  ];
}
