import * as v from 'valibot';
import { functionLimits, type FunctionPlanId } from './function-limits.ts';
import { SourceSchema } from './source.ts';
import { type DeepReadonly, TextSchema } from './text.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What the provider answers in the function's place. */
export const AnswerSchema = v.strictObject({
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  headers: v.record(v.string(), v.string()),
  /** The body to the letter, but for a script in Google's page that clears overlong cookies; `null` where no source shows it. */
  body: v.pipe(v.nullable(v.string()), v.description('null: no source shows the body.')),
  note: TextSchema,
  source: SourceSchema,
});

/** What a provider holds an HTTP function to, and what it answers when a limit is passed. */
export const LimitsSchema = v.strictObject({
  /** What stands between the caller and the function in these limits. */
  front: TextSchema,
  /** The largest request that still reaches the function. */
  requestBytes: count,
  /** What `requestBytes` counts: the JSON of the event, or the body as it is sent. */
  requestCounts: v.picklist(['event', 'body']),
  /** The largest buffered response; `null` where no limit is known. */
  responseBytes: v.nullable(count),
  /** The longest time-out that can be set for a function; `null` where there is no end. */
  timeoutMs: v.nullable(count),
  /** The time-out of a function for which none is set. */
  defaultTimeoutMs: count,
  /** How long the HTTP front waits for the answer, whatever the function's own time-out. */
  httpTimeoutMs: count,
  /** Memory of one instance; `sizes` is `null` where every whole MiB between the ends will do. */
  memoryMiB: v.strictObject({
    min: count,
    max: count,
    default: count,
    sizes: v.nullable(v.array(count)),
  }),
  tooLarge: v.pipe(AnswerSchema, v.description('The request is over requestBytes.')),
  responseTooLarge: v.pipe(
    v.nullable(AnswerSchema),
    v.description('The response is over responseBytes.'),
  ),
  timedOut: v.pipe(AnswerSchema, v.description('The function ran into its own time-out.')),
  httpTimedOut: v.pipe(
    v.nullable(AnswerSchema),
    v.description('httpTimeoutMs passed first; null: no source shows the answer.'),
  ),
  crashed: v.pipe(AnswerSchema, v.description('The instance died during the request.')),
  sources: v.pipe(v.array(SourceSchema), v.minLength(1)),
});

/** What the provider answers in the function's place. */
export type Answer = DeepReadonly<v.InferOutput<typeof AnswerSchema>>;

/** What a provider holds an HTTP function to, and what it answers when a limit is passed. */
export type Limits = DeepReadonly<v.InferOutput<typeof LimitsSchema>>;

/** Numbers of the limits that an HTTP function of a plan has; `defaultMiB` is what the provider gives where none is set. */
export function httpLimits(plan: FunctionPlanId, defaultMiB: number) {
  const { memoryMiB, sizes, requestBytes, responseBytes, ...rest } = functionLimits(plan);
  const { timeoutMs, defaultTimeoutMs, httpTimeoutMs } = rest;
  const { min, max, step } = memoryMiB;
  const only = step === null ? sizes.map((size) => size.memoryMiB) : null;
  return {
    requestBytes,
    responseBytes,
    timeoutMs,
    defaultTimeoutMs,
    httpTimeoutMs,
    memoryMiB: { min, max, default: defaultMiB, sizes: only },
  };
}
