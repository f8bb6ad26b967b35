/** An event of a stack. */
export interface Event {
  readonly id: string;
  readonly type: string;
  readonly resource: string;
  readonly status: string;
  readonly reason: string;
}

/** A stack, and what is still to happen to it. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  status: string;
  template: string;
  events: Event[];
  /** What the looks that follow will see, one after the other. */
  coming: (() => void)[];
}

/** What is answered over HTTP. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** An answer of the query protocol. */
export function xml(call: string, result: string): Answer {
  return {
    headers: { 'content-type': 'text/xml' },
    body: `<${call}Response><${call}Result>${result}</${call}Result></${call}Response>`,
  };
}

/** An answer of the JSON protocol. */
export function json(body: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  };
}

/** An error of the query protocol; S3 reads it too. */
export function errorXml(code: string, message: string): string {
  const error = `<Code>${code}</Code><Message>${escape(message)}</Message>`;
  return `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>r</RequestId></ErrorResponse>`;
}

/** What CloudFormation says of a stack that it does not have. */
export function missing(name: string): Answer {
  return {
    status: 400,
    headers: { 'content-type': 'text/xml' },
    body: errorXml('ValidationError', `Stack with id ${name} does not exist`),
  };
}

/** A change that is not begun, because of another. */
export function refusedChange(code: string, message: string): Answer {
  return { status: 400, headers: { 'content-type': 'text/xml' }, body: errorXml(code, message) };
}

/** A stack as DescribeStacks tells it. */
export function stackXml(
  { id, name, status, template }: Stack,
  told: Readonly<Record<string, string>> | null,
): string {
  const { Outputs = {} }: { Outputs?: Record<string, { Value: unknown }> } = JSON.parse(
    template.startsWith('{') ? template : '{}',
  );
  const own = Object.entries(Outputs).map(([key, { Value }]): [string, string] => [
    key,
    typeof Value === 'string' ? Value : 'resolved',
  ]);
  const outputs = (told === null ? own : Object.entries(told)).map(([key, value]) => {
    return `<member><OutputKey>${key}</OutputKey><OutputValue>${escape(value)}</OutputValue></member>`;
  });
  return `<StackId>${id}</StackId><StackName>${name}</StackName><StackStatus>${status}</StackStatus><CreationTime>2026-11-22T10:00:00Z</CreationTime><Outputs>${outputs.join('')}</Outputs>`;
}

/** An event as DescribeStackEvents tells it. */
export function eventXml(stack: Stack, { id, type, resource, status, reason }: Event): string {
  return `<member><StackId>${stack.id}</StackId><StackName>${stack.name}</StackName><EventId>${id}</EventId><LogicalResourceId>${resource}</LogicalResourceId><ResourceType>${type}</ResourceType><Timestamp>2026-11-22T10:00:00Z</Timestamp><ResourceStatus>${status}</ResourceStatus>${reason === '' ? '' : `<ResourceStatusReason>${escape(reason)}</ResourceStatusReason>`}</member>`;
}

/** A text as XML holds it. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
