import type { ProviderId } from '@tricloud/core/catalog';
import {
  declare,
  flag,
  hidden,
  negated,
  option,
  optionOr,
  repeatable,
} from '../command-line/declaration.ts';
import { nodeAction, none, one } from '../command-line/operands.ts';
import { numberFrom, port, provider, text, url } from '../command-line/values.ts';

const portOption = (of: 'console' | ProviderId, description: string, fallback: number) =>
  optionOr('N', description, {
    parse: port,
    fallback: () => fallback,
    variable: `TRICLOUD_PORT_${of.toUpperCase()}`,
  });

const nodeOption = (description: string) => option('PATH|MAJOR', description, text);

export const dev = declare({
  name: 'dev',
  summary: 'run a function on all three, until Ctrl-C',
  description: 'Runs the function on the three runtimes side by side, until Ctrl-C.',
  operands: none,
  options: {
    only: repeatable('aws,azure', 'only these runtimes', providers),
    function: option('FILE', 'serve what FILE exports as handler (.ts, .js)', text),
    compare: option('FILE', 'once ready, send each runtime this workload', text),
    portConsole: portOption('console', 'the control API          (4000; 0 takes a free one)', 4000),
    portAws: portOption('aws', 'AWS Lambda               (4001)', 4001),
    portGoogle: portOption('google', 'Google Cloud Functions   (4002)', 4002),
    portAzure: portOption('azure', 'Azure Functions          (4003)', 4003),
    awsInstances: option('N', 'AWS instances at most    (4)', numberFrom(1, 1000)),
    node: nodeOption('Node that runs the function   (deployed version)'),
    inspect: option('PROVIDER', 'debug aws, google or azure', provider),
    env: repeatable('FILE', 'variables of the function (.env where it exists)', text),
    // Node 20 reads this option itself, wherever it is, and exits with 9 when the file is missing.
    ...hidden({ envFile: repeatable('FILE', '', text) }),
    watch: negated('do not reload when a source changes'),
    json: flag('print events as lines of JSON'),
  },
  notes: `
Ports are also read from TRICLOUD_PORT_CONSOLE, TRICLOUD_PORT_AWS and so on.`,
});

export const parity = declare({
  name: 'parity',
  summary: 'the cases that every runtime must answer alike',
  description: 'Runs the cases that every runtime must answer like a plain Node server.',
  operands: none,
  options: {
    aws: option('URL', 'send the cases to this deployed function', url),
    google: option('URL', '', url),
    azure: option('URL', '', url),
    node: nodeOption('Node that runs the probe      (deployed version)'),
    json: flag('print the results as JSON'),
  },
  notes: `
Without a URL, the three local runtimes are started on free ports and run the
probe in place of the function. Exit code 1 when a case fails. A case that a
provider itself makes impossible is listed with the reason and its source.`,
});

export const azureHost = declare({
  name: 'azure-host',
  summary: 'run any @azure/functions v4 app',
  description: 'Runs any @azure/functions v4 app, without Azure Functions Core Tools.',
  operands: one('<app folder>', 'an app folder'),
  options: {
    port: option('N', '(7071; 0 takes a free port)', port),
    node: nodeOption('Node that runs the app        (deployed version)'),
    enableAuth: flag('require keys, as the cloud does'),
    verbose: flag('also print what the host itself logs'),
  },
  notes: `
The folder holds package.json and host.json, and may hold local.settings.json:
its Host.LocalHttpPort is the port where --port is not given.`,
});

export const node = declare({
  name: 'node',
  summary: 'the Node.js version that functions run on',
  description: 'Lists the Node.js that functions run on, and installs the deployed version.',
  operands: nodeAction,
  options: {},
  notes: `
Functions run on the Node of --node, else on the Node that runs this command
where it has the deployed major version, else on the one that tricloud node
install put into your cache folder, else on the Node that runs this command.
MAJOR is the deployed major version unless given. The binary comes from npm.`,
});

function providers(given: string, name: string): readonly ProviderId[] {
  const names = given.split(',').map((each) => each.trim());
  return names.filter((each) => each !== '').map((each) => provider(each, name));
}
