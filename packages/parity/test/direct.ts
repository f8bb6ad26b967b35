import type { FetchHandler, Invocation } from '@tricloud/adapters';
import type { Answer, HeaderLine, Send, Step } from '../src/index.ts';

const invocation: Invocation = {
  provider: 'node',
  id: 'direct',
  functionName: 'probe',
  region: 'local',
  runtime: 'none',
  memoryMiB: null,
  coldStart: false,
  remainingMs: () => Infinity,
};

/** Asks the handler with no runtime between: the plainest thing that should pass every case told by requests. */
export function directSend(handler: FetchHandler): Send {
  return async (step) => {
    const response = await answerOf(handler, step);
    const headers = [...response.headers].map((line): HeaderLine => line);
    const body =
      step.method === 'HEAD' ? new Uint8Array() : new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers, body } satisfies Answer;
  };
}

async function answerOf(
  handler: FetchHandler,
  { method, target, headers, body }: Step,
): Promise<Response> {
  try {
    const init = {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    };
    const hasBody = body && method !== 'GET' && method !== 'HEAD';
    const url = `http://probe.example${target}`;
    const request = new Request(url, hasBody ? { ...init, body: Uint8Array.from(body) } : init);
    const response: unknown = await handler(request, invocation);
    if (response instanceof Response) return response;
    return failed();
  } catch {
    return failed();
  }
}

function failed(): Response {
  return Response.json({ title: 'Internal Server Error', status: 500 }, { status: 500 });
}
