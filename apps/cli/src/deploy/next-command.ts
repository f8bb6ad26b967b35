import type { ProviderId } from '@tricloud/core/catalog';
import { type DeployCommand, isSecretName, type NextCommand, type Redact } from '@tricloud/deploy';
import { flagOf, type Option } from '../command-line/declaration.ts';
import type { Typed } from '../command-line/parse.ts';
import { shellQuote } from '../command-line/shell-quote.ts';
import { deployments, nameOptions, requestOptions } from '../declarations/deployments.ts';

/** A command line on deployments, as it was typed. */
interface Request {
  readonly command: DeployCommand;
  readonly typed: Typed;
  readonly redact: Redact;
}

/** Makes the command lines of hints: the complete request again, for one of its clouds. */
export function nextCommandFor(request: Request): NextCommand {
  return (command, { cloud }) => requestAgain(request, command, [cloud]);
}

/**
 * The command line of a command on the same deployment, quoted for a POSIX shell. `plan` and `deploy` repeat the options
 * of the function; all commands repeat those that name the deployment, and the others only if the command is the same.
 * The shell reads a secret from its environment: `--set API_KEY="${API_KEY:?}"` fails where that variable is not set.
 */
export function requestAgain(
  { command: typedCommand, typed, redact }: Request,
  command: DeployCommand,
  clouds: readonly ProviderId[],
  added: Typed = {},
): string {
  const repeated = command === 'plan' || command === 'deploy' ? requestOptions : nameOptions;
  const isRepeated = (name: string) =>
    Object.hasOwn(repeated, name) ||
    (command === typedCommand && !Object.hasOwn(requestOptions, name));
  const given: Typed = { ...typed, ...added };
  const words = Object.entries<Option<unknown>>(deployments[command].options).flatMap(
    ([name, option]) => {
      const texts = isRepeated(name) ? given[name] : undefined;
      if (texts === undefined) return [];
      const flag = flagOf(name, option);
      if (option.placeholder === null) return [flag];
      return texts.map(
        (text) => `${flag} ${name === 'set' ? variableAgain(text, redact) : shellQuote(text)}`,
      );
    },
  );
  return ['npx tricloud', command, ...clouds, ...words].join(' ');
}

function variableAgain(text: string, redact: Redact): string {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  const isSecret = isSecretName(name) || redact(text) !== text;
  if (!isSecret && /^[\w.,:/-]{0,40}$/.test(value)) return shellQuote(text);
  const variable = name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_');
  return `${shellQuote(name)}="\${${variable}:?}"`;
}
