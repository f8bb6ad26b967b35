import { deploymentIdVariable } from '../../engine/deployment-id.ts';
import { type Rule, variableRule } from '../../engine/rules.ts';

const settingNames =
  'https://learn.microsoft.com/azure/azure-functions/functions-app-settings#app-setting-considerations';
const deprecated =
  'https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations';

/** Names that the platform sets itself, that Flex Consumption refuses, or that a deployment sets. */
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
  [
    new RegExp(`^(?:TRICLOUD_(?:REGION|MEMORY_MIB|AUTH)|${deploymentIdVariable})$`, 'i'),
    'is set by the deployment',
  ],
  [/^(?:PATH|HOME|PORT|HOSTNAME|REGION_NAME|NODE_OPTIONS|LD_\w+)$/i, 'is the instance’s own'],
];

const isName = (name: string) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/** Azure's rules of the names of variables and secrets. */
export const variableRules: readonly Rule[] = [
  variableRule(settingNames, (name) =>
    isName(name)
      ? null
      : 'a variable’s name has letters, digits and underscores, and does not begin with a digit',
  ),
  variableRule(deprecated, (name) => {
    const why = reserved.find(([pattern]) => pattern.test(name))?.[1];
    return why === undefined || !isName(name) ? null : `${name} ${why}; take another name`;
  }),
  variableRule(settingNames, (name, { environment, secrets }) => {
    const all = [...Object.keys(environment), ...Object.keys(secrets)];
    const [first, ...others] = all.filter((each) => each.toLowerCase() === name.toLowerCase());
    return first === name && !others.includes(name)
      ? null
      : `${first} has this name already: names are unique, whatever their case`;
  }),
];
