import { createHash } from 'node:crypto';

/** What the tests look at of a template. */
export interface Template {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly resources: readonly unknown[];
}

/** A resource as Resource Manager would make it, typed as far as the tests look at it. */
export interface Evaluated {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly scope?: string;
  readonly dependsOn?: readonly string[];
  readonly comments?: string;
  readonly location?: string;
  readonly tags?: Record<string, string>;
  readonly properties: Record<string, string>;
}

/** Where a template is deployed. */
export interface Scope {
  readonly subscription: string;
  readonly group: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What `reference(id)` gives. */
  reference(id: string): unknown;
}

/**
 * The functions of Resource Manager that the template uses, enough to see that its names and ids come together.
 * What Azure calculates (`uniqueString`, `guid`) is another calculation here.
 */
export function evaluateTemplate(template: Template, scope: Scope): Evaluated[] {
  const context = { template, scope };
  return template.resources.map((each) =>
    // What it is is Azure's business; here it has a type, a version and a name.
    JSON.parse(JSON.stringify(evaluate(each, context))),
  );
}

interface Context {
  readonly template: Template;
  readonly scope: Scope;
}

function evaluate(value: unknown, context: Context): unknown {
  if (typeof value === 'string') {
    return value.startsWith('[') ? evaluateExpression(value.slice(1, -1), context) : value;
  }
  if (Array.isArray(value)) return value.map((each) => evaluate(each, context));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, evaluate(each, context)]),
  );
}

function evaluateExpression(source: string, context: Context): unknown {
  const tokens = source.match(/'(?:[^']|'')*'|[A-Za-z]\w*|\d+|[().,]/g) ?? [];
  if (tokens.join('') !== source.replaceAll(/\s(?=(?:[^']*'[^']*')*[^']*$)/g, '')) {
    throw new Error(`not an expression: ${source}`);
  }
  let at = 0;
  const result = term();
  if (at !== tokens.length) throw new Error(`more than an expression: ${source}`);
  return result;

  function term(): unknown {
    const token = tokens[at++] ?? '';
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return Number(token);
    const args: unknown[] = [];
    expect('(');
    while (tokens[at] !== ')') {
      args.push(term());
      if (tokens[at] === ',') at += 1;
    }
    expect(')');
    let value = call(token, args, context);
    while (tokens[at] === '.') {
      at += 1;
      const name = tokens[at++] ?? '';
      if (typeof value !== 'object' || value === null || !(name in value)) {
        throw new Error(`nothing has the property ${name} in ${source}`);
      }
      value = Reflect.get(value, name);
    }
    return value;
  }

  function expect(token: string): void {
    if (tokens[at++] !== token) throw new Error(`${token} is missing in ${source}`);
  }
}

function call(name: string, args: readonly unknown[], { template, scope }: Context): unknown {
  const texts = args.map(String);
  const [first = ''] = texts;
  const groupId = `/subscriptions/${scope.subscription}/resourceGroups/${scope.group}`;
  switch (name) {
    case 'parameters': {
      if (template.parameters[first] === undefined || scope.parameters[first] === undefined) {
        throw new Error(`no parameter ${first}`);
      }
      return scope.parameters[first];
    }
    case 'variables': {
      return evaluate(template.variables[first], { template, scope });
    }
    case 'subscription': {
      return { id: `/subscriptions/${scope.subscription}` };
    }
    case 'resourceGroup': {
      return { id: groupId, name: scope.group };
    }
    case 'uniqueString': {
      return createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 13);
    }
    case 'guid': {
      const hex = createHash('sha256').update(texts.join('\0')).digest('hex');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    }
    case 'format': {
      return first.replaceAll(/\{(\d)\}/g, (_all, index) => texts[Number(index) + 1] ?? '');
    }
    case 'resourceId': {
      return `${groupId}/providers/${nested(first, texts.slice(1))}`;
    }
    case 'subscriptionResourceId': {
      return `/subscriptions/${scope.subscription}/providers/${nested(first, texts.slice(1))}`;
    }
    case 'reference': {
      return scope.reference(first);
    }
    case 'union': {
      return Object.assign({}, ...args);
    }
    case 'createObject': {
      return Object.fromEntries(
        texts
          .filter((_each, index) => index % 2 === 0)
          .map((each, index) => [each, args[index * 2 + 1]]),
      );
    }
    default: {
      throw new Error(`an unknown function: ${name}`);
    }
  }
}

/** `A/b/c` and the names `x`, `y` as `A/b/x/c/y`. */
function nested(type: string, names: readonly string[]): string {
  const [namespace, ...types] = type.split('/');
  if (types.length !== names.length) throw new Error(`${type} has ${types.length} names`);
  return [namespace, ...types.flatMap((each, index) => [each, names[index]])].join('/');
}
