import type { Provider } from '@tricloud/adapters';
import { cases as everyCase } from './cases/index.ts';
import { checkAnswer, type Checked } from './check-answer.ts';
import { sha256 } from './fingerprint.ts';
import type {
  Answer,
  CaseResult,
  CaseStep,
  EventCase,
  Impossible,
  Invoke,
  Mismatch,
  ParityCase,
  Place,
  Reason,
  RequestCase,
  Send,
  Step,
} from './contract.ts';

/** What to run, and against what. */
export interface RunOptions {
  readonly provider: Provider;
  readonly place: Place;
  readonly send: Send;
  /** Takes a provider's event; without it the cases told by events are left out. */
  readonly invoke?: Invoke;
  /** Which front door of the provider `send` goes through, such as `alb`. */
  readonly shape?: string;
  /** Every case unless told; those that `place` cannot tell are left out. */
  readonly cases?: readonly ParityCase[];
  /** How long one step may take before it counts as unanswered; 60 s unless told. */
  readonly timeoutMs?: number;
  readonly onResult?: (result: CaseResult) => void;
}

/**
 * Runs every case that the place can tell, one after the other, and says of each how it went. Never rejects for what
 * the runtime under test does: no answer is a failed case. A case that is listed as impossible is tried all the same;
 * it counts as passed if it passes.
 */
export async function runCases(options: RunOptions): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const parityCase of options.cases ?? everyCase) {
    if (!isTold(parityCase, options)) continue;
    const result = judge(parityCase, options, await run(parityCase, options));
    options.onResult?.(result);
    results.push(result);
  }
  return results;
}

/** Whether this place and provider can tell the case at all. */
function isTold(parityCase: ParityCase, options: RunOptions): boolean {
  if (!parityCase.where.includes(options.place)) return false;
  if (parityCase.kind === 'requests') return stepsFor(parityCase, options.provider).length > 0;
  return options.invoke !== undefined && parityCase.provider === options.provider;
}

interface Outcome {
  readonly mismatches: readonly Mismatch[];
  readonly fingerprint?: string;
}

function run(parityCase: ParityCase, options: RunOptions): Promise<Outcome> {
  return parityCase.kind === 'requests'
    ? runRequests(parityCase, options)
    : runEvents(parityCase, options);
}

async function runRequests(parityCase: RequestCase, options: RunOptions): Promise<Outcome> {
  const steps = stepsFor(parityCase, options.provider);
  const perform = (step: CaseStep) => answered(() => options.send(toStep(step)), options);
  const replies: Reply[] = [];
  if (parityCase.together) {
    replies.push(...(await Promise.all(steps.map(perform))));
  } else {
    for (const step of steps) replies.push(await perform(step));
  }
  const earlier = replies.map((reply) => ('answer' in reply ? reply.answer : undefined));
  const checked = replies.map((reply, index): Checked => {
    const step = steps[index];
    if (!step) return { mismatches: [], shared: [] };
    const name = `${index + 1} ${step.method} ${step.target}`;
    if ('problem' in reply) return unanswered(name, reply.problem);
    const expect = step.differences?.[options.provider]?.expect ?? step.expect;
    const context = { step: name, method: step.method, provider: options.provider, earlier };
    return checkAnswer(reply.answer, expect, context);
  });
  return outcome(checked);
}

async function runEvents(parityCase: EventCase, options: RunOptions): Promise<Outcome> {
  const checked: Checked[] = [];
  const { invoke, provider } = options;
  for (const [index, { name, event, expect }] of parityCase.events.entries()) {
    if (!invoke) break;
    const step = `${index + 1} ${name}`;
    const reply = await answered(() => invoke(event), options);
    checked.push(
      'problem' in reply
        ? unanswered(step, reply.problem)
        : checkAnswer(reply.answer, expect, { step, method: 'GET', provider, earlier: [] }),
    );
  }
  return outcome(checked);
}

function stepsFor(parityCase: RequestCase, provider: Provider): readonly CaseStep[] {
  return parityCase.steps.filter((step) => step.only?.includes(provider) ?? true);
}

function toStep(step: CaseStep): Step {
  const { method, target, headers = [], body } = step;
  if (body === undefined) return { method, target, headers };
  return {
    method,
    target,
    headers,
    body: typeof body === 'number' ? new Uint8Array(body).fill(120) : body,
  };
}

type Reply = { readonly answer: Answer } | { readonly problem: string };

/** The answer, or why there is none. */
async function answered(send: () => Promise<Answer>, options: RunOptions): Promise<Reply> {
  const timeoutMs = options.timeoutMs ?? 60_000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Reply>((resolve) => {
    timer = setTimeout(() => resolve({ problem: `no answer within ${timeoutMs} ms` }), timeoutMs);
  });
  try {
    return await Promise.race([send().then((answer) => ({ answer })), late]);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

function unanswered(step: string, problem: string): Checked {
  return {
    mismatches: [{ step, what: 'answer', expected: 'an answer', got: problem }],
    shared: [],
  };
}

function outcome(checked: readonly Checked[]): Outcome {
  const mismatches = checked.flatMap((step) => step.mismatches);
  const shared = checked.flatMap((step) => step.shared);
  return shared.length > 0 ? { mismatches, fingerprint: sha256(shared) } : { mismatches };
}

function judge(
  parityCase: ParityCase,
  options: RunOptions,
  { mismatches, fingerprint }: Outcome,
): CaseResult {
  const { id, title } = parityCase;
  const differences = differencesOf(parityCase, options.provider);
  if (mismatches.length === 0) {
    return {
      id,
      title,
      status: 'passed',
      ...(differences.length > 0 && { differences }),
      ...(fingerprint !== undefined && { fingerprint }),
    };
  }
  const detail = describe(mismatches);
  const impossible = parityCase.impossible?.find((one) => isImpossible(one, options, mismatches));
  if (!impossible) return { id, title, status: 'failed', detail, mismatches };
  const { why, source } = impossible;
  return { id, title, status: 'impossible', detail, mismatches, why, source };
}

function differencesOf(parityCase: ParityCase, provider: Provider): readonly Reason[] {
  if (parityCase.kind === 'events') return [];
  return stepsFor(parityCase, provider).flatMap(({ differences, own }) => {
    const reason = differences?.[provider] ?? own;
    return reason ? [{ why: reason.why, source: reason.source }] : [];
  });
}

function isImpossible(
  impossible: Impossible,
  options: RunOptions,
  mismatches: readonly Mismatch[],
): boolean {
  if (!mismatches.every(({ what }) => impossible.spoils.includes(what))) return false;
  if (impossible.provider !== options.provider || !impossible.places.includes(options.place))
    return false;
  // The local runtime of AWS stands behind an HTTP API.
  const shape = options.shape ?? (options.place === 'local' ? 'http-api-2.0' : '');
  return impossible.shapes?.includes(shape) ?? true;
}

/** At most five lines: a thousand requests that fail alike need be told once. */
function describe(mismatches: readonly Mismatch[]): string {
  const shown = mismatches.slice(0, 5);
  const lines = shown.map(
    ({ step, what, expected, got }) => `step ${step}: ${what}: expected ${expected}, got ${got}`,
  );
  const rest = mismatches.length - shown.length;
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
