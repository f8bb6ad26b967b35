import type { Input, Invoke } from '../messages.ts';
import { fieldOf, isRecord } from '../narrow.ts';
import type { AppFunction } from './core-module.ts';

/** An invocation as the programming model takes it, in the shape of the real host's protocol. */
export function toRpcRequest(message: Invoke, appFunction: AppFunction): object {
  const { input } = message;
  return {
    invocationId: message.id,
    functionId: message.functionId,
    inputData: [{ name: triggerName(appFunction.metadata), data: toRpcData(input) }],
    triggerMetadata: input.kind === 'stream' ? toTriggerMetadata(input) : {},
    traceContext: {
      traceParent: message.traceParent ?? newTraceParent(message.id),
      traceState: message.traceState ?? '',
      attributes: {},
    },
    ...(message.retry !== undefined && { retryContext: message.retry }),
  };
}

/** W3C Trace Context: an invocation without a trace starts one, from its random id. */
function newTraceParent(id: string): string {
  const hex = id.replaceAll('-', '');
  return `00-${hex}-${hex.slice(16)}-00`;
}

const triggerNames = new WeakMap<object, string>();

function triggerName(metadata: AppFunction['metadata']): string {
  const known = triggerNames.get(metadata);
  if (known !== undefined) return known;
  const { bindings } = metadata;
  const trigger = isRecord(bindings)
    ? Object.entries(bindings).find(([, binding]) => isTrigger(binding))
    : undefined;
  const name = trigger?.[0] ?? '';
  triggerNames.set(metadata, name);
  return name;
}

function isTrigger(binding: unknown): boolean {
  const type = fieldOf(binding, 'type');
  return typeof type === 'string' && /trigger$/i.test(type);
}

function toRpcData(input: Input): object {
  switch (input.kind) {
    case 'http': {
      const { method, url, headers, query, params, body } = input.http;
      return {
        http: {
          method,
          url,
          nullableHeaders: toNullable(headers),
          nullableQuery: toNullable(query),
          nullableParams: toNullable(params),
          ...(body !== undefined && { body: { bytes: body } }),
        },
      };
    }
    case 'stream':
      return { http: {} };
    case 'json':
      return { json: input.json };
    default:
      return { string: input.string };
  }
}

function toTriggerMetadata(input: Extract<Input, { kind: 'stream' }>): object {
  const metadata: Record<string, object> = Object.create(null);
  for (let index = 0; index < input.metadata.length; index += 2) {
    metadata[input.metadata[index] ?? ''] = { string: input.metadata[index + 1] ?? '' };
  }
  metadata['Headers'] = { json: input.headers };
  return metadata;
}

/** Without a prototype, so that a header or query called `__proto__` is one like any other. */
function toNullable(pairs: readonly string[]): Record<string, { value: string }> {
  const map: Record<string, { value: string }> = Object.create(null);
  for (let index = 0; index < pairs.length; index += 2) {
    map[pairs[index] ?? ''] = { value: pairs[index + 1] ?? '' };
  }
  return map;
}
