import { entries } from '../src/site-index.ts';
import { componentSchemas } from './schemas.ts';
import { usageExamples, workloadExamples } from './examples.ts';

const schemaRef = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const responseRef = (name: string): object => ({ $ref: `#/components/responses/${name}` });
const parameterRef = (name: string): object => ({ $ref: `#/components/parameters/${name}` });

const json = (description: string, schema: object): object => ({
  description,
  content: { 'application/json': { schema } },
});

const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: schemaRef('Problem') } },
});

const listOf = (name: string): object => ({ type: 'array', items: schemaRef(name) });

/** Every operation can be answered so; an unexpected failure says nothing more. */
const always = { '500': responseRef('Failure') };

const operation = (
  operationId: string,
  summary: string,
  responses: object,
  rest: object = {},
): object => ({ operationId, summary, ...rest, responses: { ...responses, ...always } });

/** What the index says of a path. */
function about(path: string): string {
  const entry = entries.find((each) => each.path === path);
  if (entry === undefined) throw new Error(`The index does not name ${path}`);
  return entry.about.en;
}

const inLanguage = { parameters: [parameterRef('lang'), parameterRef('acceptLanguage')] };

/** The function's OpenAPI document, its schemas derived from those that parse its input. */
export function openApiDocument(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'tricloud',
      version,
      summary: 'What serverless is, and what a function costs on three clouds.',
      description: 'HEAD answers wherever GET does, OPTIONS everywhere; any other method is a 405.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths: paths(),
    components: {
      schemas: componentSchemas(),
      parameters: parameters(),
      responses: problems(),
    },
  };
}

function paths(): object {
  return {
    '/': {
      get: operation(
        'getIndex',
        'What there is: a page for a browser, else JSON',
        negotiated('The index.', 'Index', 'text/html'),
        inLanguage,
      ),
    },
    '/v1/lesson': {
      get: operation(
        'getLesson',
        about('/v1/lesson'),
        negotiated('The lesson.', 'Lesson', 'text/markdown'),
        inLanguage,
      ),
    },
    ...collection('providers', 'Provider', 'One cloud and its functions product'),
    ...collection('services', 'Service', 'One service and its equivalents'),
    '/v1/comparisons': {
      post: operation(
        'compare',
        about('/v1/comparisons'),
        calculated('The comparison, as of today.', 'Comparison'),
        requestBody('Workload', workloadExamples),
      ),
    },
    '/v1/bills': {
      post: operation(
        'bill',
        about('/v1/bills'),
        calculated('The bill, as of today.', 'BillDocument'),
        requestBody('UsageDocument', usageExamples),
      ),
    },
    '/v1/whoami': {
      get: operation('whoAmI', about('/v1/whoami'), {
        '200': json('The cloud and the instance.', schemaRef('WhoAmI')),
      }),
    },
    '/openapi.json': {
      get: operation('getOpenApi', about('/openapi.json'), {
        '200': json('The document.', { type: 'object' }),
      }),
    },
    '/healthz': {
      get: operation('getHealth', about('/healthz'), {
        '200': json('It is.', schemaRef('Health')),
      }),
    },
  };
}

/** Responses in JSON or in a text format. */
function negotiated(description: string, name: string, textType: string): object {
  const content = {
    'application/json': { schema: schemaRef(name) },
    [textType]: { schema: { type: 'string' } },
  };
  return {
    '200': { description, content },
    '400': responseRef('BadLanguage'),
    '406': responseRef('NotAcceptable'),
  };
}

/** The path of a list, and the path of one of its entries. */
function collection(plural: 'providers' | 'services', name: string, summary: string): object {
  return {
    [`/v1/${plural}`]: {
      get: operation(`list${name}s`, about(`/v1/${plural}`), {
        '200': json('All of them.', listOf(name)),
      }),
    },
    [`/v1/${plural}/{id}`]: {
      get: operation(
        `get${name}`,
        summary,
        {
          '200': json(`The ${name.toLowerCase()}.`, schemaRef(name)),
          '404': responseRef('UnknownId'),
        },
        { parameters: [parameterRef(`${name.toLowerCase()}Id`)] },
      ),
    },
  };
}

/** Responses to a JSON body. */
function calculated(description: string, name: string): object {
  return {
    '200': json(description, schemaRef(name)),
    '400': responseRef('NotJson'),
    '413': responseRef('TooLarge'),
    '415': responseRef('UnsupportedType'),
    '422': responseRef('Misfit'),
  };
}

function requestBody(name: string, examples: object): object {
  const content = { 'application/json': { schema: schemaRef(name), examples } };
  return { requestBody: { required: true, content } };
}

function parameters(): object {
  return {
    lang: {
      name: 'lang',
      in: 'query',
      description: 'Else Accept-Language decides, else Vietnamese.',
      schema: { enum: ['vi', 'en'] },
      example: 'en',
    },
    acceptLanguage: {
      name: 'accept-language',
      in: 'header',
      schema: { type: 'string' },
      example: 'en-GB, en;q=0.9, vi;q=0.5',
    },
    providerId: idParameter('aws'),
    serviceId: idParameter('lambda'),
  };
}

function idParameter(example: string): object {
  return { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example };
}

function problems(): object {
  return {
    BadLanguage: problem('`lang` is neither vi nor en.'),
    Failure: problem('The function failed; its log says why.'),
    Misfit: problem('JSON but not what is asked for; `faults` says all that is wrong.'),
    NotAcceptable: problem('`Accept` refuses every form of it.'),
    NotJson: problem('Not JSON in UTF-8.'),
    TooLarge: problem('Larger than 64 KiB.'),
    UnknownId: problem('None of that id; `faults` lists those there are.'),
    UnsupportedType: problem('Another type, charset or content coding.'),
  };
}
