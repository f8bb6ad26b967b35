import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  type Answer,
  errorXml,
  refusedChange,
  escape,
  eventXml,
  json,
  missing,
  type Stack,
  stackXml,
  xml,
} from './aws-answers.ts';
import { type Asked, callOf, type Fault, keyOf } from './aws-requests.ts';

/** A resource that fails, and why. */
interface Failure {
  readonly at: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly resource: string;
  readonly type: string;
  readonly reason: string;
}

const bucketTemplate = '{"Resources":{"ServerlessDeploymentBucket":{"Type":"AWS::S3::Bucket"}}}';
const stackType = 'AWS::CloudFormation::Stack';

/**
 * The part of AWS's control planes that a deployment speaks to: CloudFormation and STS (query protocol), S3, Lambda
 * and CloudWatch Logs, in the shapes in which moto and AWS's documentation answer. One stack, one bucket.
 */
export class FakeAws {
  readonly asked: Asked[] = [];
  readonly faults: Fault[] = [];
  readonly objects = new Map<string, Buffer>();
  /** Fails the next change: the resource and AWS's reason. */
  failure: Failure | null = null;
  /** How many looks a change takes. */
  looks = 3;
  /** How many looks the status is still the previous one, and no event tells of the change. */
  lag = 0;
  stack: Stack | null = null;
  /** Told in place of the outputs of the stack's template. */
  outputs: Readonly<Record<string, string>> | null = null;
  logEvents: readonly { readonly timestamp: number; readonly message: string }[] | null = null;
  #deleted: Stack | null = null;
  #count = 0;
  /** Of the last `UpdateStack`: the same one again is the same request. */
  #token = '';
  #server = createServer((request, response) => {
    void this.#answer(request).then((answer) => {
      if (answer === 'drop') return void request.socket.destroy();
      if (answer === 'silence') return undefined;
      const { status = 200, headers = {}, body = '' } = answer;
      return void response.writeHead(status, { 'x-amzn-requestid': 'r', ...headers }).end(body);
    });
  });
  url = '';

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.url = `http://127.0.0.1:${address.port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  /** Puts a stack there as somebody else left it. */
  put(name: string, status: string, template = bucketTemplate): Stack {
    this.#count += 1;
    const id = `arn:aws:cloudformation:eu-west-1:123456789012:stack/${name}/${this.#count}`;
    this.stack = { id, name, status, template, events: [], coming: [] };
    this.#tell(stackType, name, status);
    return this.stack;
  }

  /** Every call that was made, but for looks. */
  changes(): readonly string[] {
    return this.asked
      .map(({ call }) => call)
      .filter((call) => !/^(?:Describe|Get|List|HEAD|Validate)/.test(call));
  }

  async #answer(request: IncomingMessage): Promise<Answer | 'drop' | 'silence'> {
    const body = await buffer(request);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const form = new URLSearchParams(url.pathname === '/' ? body.toString() : '');
    const call = callOf(request, url, form);
    const { method = '' } = request;
    const asked = { call, method, headers: request.headers, url, form, body };
    this.asked.push(asked);
    const fault = this.faults.find((each) => each.call === call && (each.times ?? 1) > 0);
    if (fault === undefined) return this.#act(asked);
    if (fault.after !== undefined && fault.after > 0) {
      fault.after -= 1;
      return this.#act(asked);
    }
    fault.times = (fault.times ?? 1) - 1;
    if (fault.instead === 'lose') {
      this.#act(asked);
      return 'drop';
    }
    if (fault.instead !== undefined) return fault.instead;
    if (fault.page !== undefined) {
      return { headers: { 'content-type': 'text/html' }, body: fault.page };
    }
    const { status = 400, code = '', message = '', headers = {} } = fault;
    return {
      status,
      headers: { 'content-type': 'text/xml', ...headers },
      body: errorXml(code, message),
    };
  }

  #act(asked: Asked): Answer {
    const { call, form, url, body } = asked;
    const name = form.get('StackName') ?? '';
    const stack = [this.stack, this.#deleted].find(
      (each) => each?.name === name || each?.id === name,
    );
    switch (call) {
      case 'GetCallerIdentity':
        return xml(
          call,
          '<Arn>arn:aws:iam::123456789012:user/deployer</Arn><Account>123456789012</Account>',
        );
      case 'DescribeStacks':
        if (stack === undefined || stack === null || (stack === this.#deleted && stack.id !== name))
          return missing(name);
        stack.coming.shift()?.();
        return xml(call, `<Stacks><member>${stackXml(stack, this.outputs)}</member></Stacks>`);
      case 'CreateStack':
        if (stack && form.get('ClientRequestToken') === this.#token) {
          return xml(call, `<StackId>${stack.id}</StackId>`);
        }
        if (this.stack !== null) {
          return refusedChange('AlreadyExistsException', `Stack [${name}] already exists`);
        }
        this.#token = form.get('ClientRequestToken') ?? '';
        {
          const { id } = this.put(name, 'CREATE_IN_PROGRESS');
          this.#change('CREATE', form.get('TemplateBody') ?? '');
          return xml(call, `<StackId>${id}</StackId>`);
        }
      case 'UpdateStack':
        if (form.get('ClientRequestToken') === this.#token) {
          return xml(call, `<StackId>${stack?.id ?? ''}</StackId>`);
        }
        this.#token = form.get('ClientRequestToken') ?? '';
        if (stack?.status.endsWith('_IN_PROGRESS')) {
          return refusedChange(
            'ValidationError',
            `Stack:${stack.id} is in ${stack.status} state and can not be updated.`,
          );
        }
        this.#change('UPDATE', form.get('TemplateBody') ?? '');
        return xml(call, `<StackId>${stack?.id ?? ''}</StackId>`);
      case 'DeleteStack':
        this.#change('DELETE', '');
        return xml(call, '');
      case 'ContinueUpdateRollback':
        this.#begin('UPDATE_ROLLBACK_IN_PROGRESS', ['UPDATE_ROLLBACK_COMPLETE']);
        return xml(call, '');
      case 'DescribeStackEvents':
        if (stack === undefined || stack === null) return missing(name);
        stack.coming.shift()?.();
        return xml(
          call,
          `<StackEvents>${stack.events
            .toReversed()
            .map((event) => eventXml(stack, event))
            .join('')}</StackEvents>`,
        );
      case 'DescribeStackResource':
      case 'ListStackResources':
        return this.#resources(call, stack ?? null);
      case 'GetTemplate':
        return xml(call, `<TemplateBody>${escape(stack?.template ?? '')}</TemplateBody>`);
      case 'PUT object':
        this.objects.set(decodeURIComponent(url.pathname), body);
        return { headers: { etag: '"e"' } };
      case 'GET object': {
        const found = this.objects.get(decodeURIComponent(url.pathname));
        return found === undefined
          ? { status: 404, body: errorXml('NoSuchKey', 'no such key') }
          : { body: found };
      }
      case 'ListObjectVersions':
        return {
          body: `<ListVersionsResult>${[...this.objects.keys()].map((key) => `<Version><Key>${keyOf(key)}</Key><VersionId>null</VersionId></Version>`).join('')}</ListVersionsResult>`,
        };
      case 'DeleteObjects':
        for (const [, key = ''] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)) {
          this.objects.delete(`${url.pathname.replace(/\/$/, '')}/${key}`);
        }
        return { body: '<DeleteResult/>' };
      case 'GetAccountSettings':
        return json({
          AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 900 },
        });
      case 'FilterLogEvents':
        return this.logEvents === null
          ? json(
              {
                __type: 'ResourceNotFoundException',
                message: 'The specified log group does not exist.',
              },
              400,
            )
          : json({
              events: this.logEvents.map((event, index) => ({ ...event, eventId: `${index}` })),
            });
      default:
        return xml(call, '');
    }
  }

  /** A change of the stack, which the looks that follow see come to its end. */
  #change(kind: 'CREATE' | 'UPDATE' | 'DELETE', template: string): void {
    const { stack } = this;
    if (stack === null) return;
    const failure = this.failure?.at === kind ? this.failure : null;
    if (failure !== null) this.failure = null;
    if (failure === null && kind !== 'DELETE') stack.template = template;
    const rollback = kind === 'CREATE' ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
    const failed =
      kind === 'DELETE' ? ['DELETE_FAILED'] : [`${rollback}_IN_PROGRESS`, `${rollback}_COMPLETE`];
    this.#begin(`${kind}_IN_PROGRESS`, failure === null ? [`${kind}_COMPLETE`] : failed, failure);
  }

  #begin(status: string, then: readonly string[], failed: Failure | null = null): void {
    const { stack } = this;
    if (stack === null) return;
    const turn = (next: string) => {
      stack.status = next;
      this.#tell(stackType, stack.name, next);
      if (next !== 'DELETE_COMPLETE') return;
      this.#deleted = stack;
      this.stack = null;
    };
    const kind = status.replace(/_IN_PROGRESS$/, '');
    const waits = Array.from({ length: this.looks }, (_, look) => () => {
      this.#tell('AWS::Logs::LogGroup', `Resource${look}`, `${kind}_COMPLETE`);
    });
    const fail =
      failed === null
        ? []
        : [() => this.#tell(failed.type, failed.resource, `${kind}_FAILED`, failed.reason)];
    const lag = Array.from({ length: this.lag }, () => () => undefined);
    const begin = () => turn(status);
    if (lag.length === 0) begin();
    const beginning = lag.length === 0 ? [] : [...lag, begin];
    stack.coming = [...beginning, ...waits, ...fail, ...then.map((next) => () => turn(next))];
  }

  #tell(type: string, resource: string, status: string, reason = ''): void {
    this.#count += 1;
    this.stack?.events.push({ id: `e${this.#count}`, type, resource, status, reason });
  }

  #resources(call: string, stack: Stack | null): Answer {
    if (stack === null || stack.status === 'REVIEW_IN_PROGRESS')
      return xml(call, '<StackResourceSummaries/>');
    const bucket =
      '<LogicalResourceId>ServerlessDeploymentBucket</LogicalResourceId><PhysicalResourceId>shop-bucket</PhysicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus>';
    return call === 'DescribeStackResource'
      ? xml(call, `<StackResourceDetail>${bucket}</StackResourceDetail>`)
      : xml(call, `<StackResourceSummaries><member>${bucket}</member></StackResourceSummaries>`);
  }
}
