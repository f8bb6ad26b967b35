import type { protos } from '@google-cloud/functions';
import * as v from 'valibot';
import { ApiError } from './api-error.ts';
import { type DeployedFunction, DeployedFunctionSchema } from './deployed-function.ts';
import { codeName } from './grpc-error.ts';
import type { Operation } from './operation.ts';
import { redactor } from '../engine/redact.ts';

const text = v.optional(v.string(), '');

const Any = v.object({ type_url: text, value: v.instance(Uint8Array) });

const RawOperationSchema = v.object({
  name: text,
  done: v.optional(v.boolean(), false),
  error: v.nullish(v.object({ code: v.optional(v.number(), 2), message: text })),
  metadata: v.nullish(Any),
});

const MetadataSchema = v.object({
  target: text,
  verb: text,
  requestResource: v.nullish(Any),
  stages: v.optional(
    v.array(
      v.object({
        name: text,
        state: text,
        message: text,
        resourceUri: text,
        stateMessages: v.optional(v.array(v.object({ message: text })), []),
      }),
    ),
    [],
  ),
});

const plain = { enums: String, longs: String } as const;

/** Reads operations with the client's own types. */
export function operationReader(types: typeof protos): (raw: unknown) => Operation {
  const { OperationMetadata } = types.google.cloud.functions.v2;
  const redact = redactor();
  return (raw) => {
    const { name, done, error, metadata } = v.parse(RawOperationSchema, raw);
    const decoded =
      metadata === null || metadata === undefined
        ? {}
        : OperationMetadata.toObject(OperationMetadata.decode(metadata.value), plain);
    const { target, verb, requestResource, stages } = v.parse(MetadataSchema, decoded);
    return {
      name,
      isDone: done,
      error: error
        ? new ApiError('the operation', codeName(error.code), redact(error.message))
        : null,
      target,
      verb,
      stages: stages.map(({ stateMessages, message, ...stage }) => ({
        ...stage,
        message: redact(message),
        messages: stateMessages.map((each) => redact(each.message)).filter((each) => each !== ''),
      })),
      asked: requestResource ? askedOf(types, requestResource) : null,
    };
  };
}

/** What was asked for: the request as it was sent, or the function alone. */
function askedOf(types: typeof protos, any: v.InferOutput<typeof Any>): DeployedFunction | null {
  const {
    Function: type,
    CreateFunctionRequest,
    UpdateFunctionRequest,
  } = types.google.cloud.functions.v2;
  const decoders: Readonly<
    Record<string, () => protos.google.cloud.functions.v2.IFunction | null>
  > = {
    Function: () => type.decode(any.value),
    CreateFunctionRequest: () => CreateFunctionRequest.decode(any.value).function ?? null,
    UpdateFunctionRequest: () => UpdateFunctionRequest.decode(any.value).function ?? null,
  };
  const asked = decoders[any.type_url.split('.').at(-1) ?? '']?.() ?? null;
  if (asked === null) return null;
  const parsed = v.safeParse(DeployedFunctionSchema, type.toObject(type.fromObject(asked), plain));
  return parsed.success ? parsed.output : null;
}
