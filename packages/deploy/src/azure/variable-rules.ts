import type { BrokenRule, Target } from '../engine/target.ts';

const settingNames =
  'https://learn.microsoft.com/azure/azure-functions/functions-app-settings#app-setting-considerations';
const deprecated =
  'https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations';

/** Names that the platform sets itself, that it refuses on Flex Consumption, or that a deployment sets here. */
const reserved: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:FUNCTIONS_|WEBSITE_|WEBSITES_|AzureWebJobs|AzureFunctions|SCM_|KUDU_|CONTAINER_|APPSETTING_)/i,
    'is the platform’s own',
  ],
  [
    /^(?:ENABLE_ORYX_BUILD|DEPLOYMENT_STORAGE_CONNECTION_STRING|TZ)$/i,
    'is refused on Flex Consumption',
  ],
  [/^(?:APPLICATIONINSIGHTS_|APPINSIGHTS_)/i, 'is set by the deployment, for the log'],
  [/^TRICLOUD_(?:REGION|MEMORY_MIB)$/i, 'is set by the deployment'],
  [/^(?:PATH|HOME|PORT|HOSTNAME|REGION_NAME|NODE_OPTIONS|LD_\w+)$/i, 'is the instance’s own'],
];

/** What Azure does not take of the names of variables and secrets. */
export function brokenVariableRules({
  environment,
  secrets,
}: Pick<Target, 'environment' | 'secrets'>): readonly BrokenRule[] {
  const named = [
    ...Object.keys(environment).map((name) => ({ name, path: `environment.${name}` })),
    ...Object.keys(secrets).map((name) => ({ name, path: `secrets.${name}` })),
  ];
  const seen = new Map<string, string>();
  return named.flatMap(({ name, path }) => {
    const before = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), path);
    return brokenName(name, before).map((rule) => ({ path, value: name, ...rule }));
  });
}

function brokenName(
  name: string,
  before: string | undefined,
): readonly Pick<BrokenRule, 'rule' | 'source'>[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return [
      {
        rule: 'a variable’s name has letters, digits and underscores, and does not begin with a digit',
        source: settingNames,
      },
    ];
  }
  if (before !== undefined) {
    return [
      {
        rule: `a name stands once, whatever its case: ${before} has it already`,
        source: settingNames,
      },
    ];
  }
  const why = reserved.find(([pattern]) => pattern.test(name))?.[1];
  return why === undefined
    ? []
    : [{ rule: `${name} ${why}; take another name`, source: deprecated }];
}
