import { startBody, type StartedBody } from '../body-start.ts';
import { report } from '../failure.ts';
import { type Chunk, nextChunk, readBody } from '../response-body.ts';
import { correctLength, responseFields } from '../response-fields.ts';
import { parseSetCookie } from './set-cookie.ts';
import type { AzureCookie, AzureHttpResponseInit, AzureOptions } from './types.ts';

/** The response as the v4 model takes it. */
export async function toResult(
  response: Response,
  method: string,
  options: AzureOptions,
): Promise<AzureHttpResponseInit> {
  const { joined, cookies } = responseFields(response);
  const result: AzureHttpResponseInit = {
    status: response.status,
    headers: joined,
    cookies: placeCookies(cookies, joined, options),
  };
  if (options.httpStream === true && method !== 'HEAD') {
    const body = await startBody(response);
    if (body !== null) result.body = streamOf(body);
    return result;
  }
  const bytes = await readBody(response, method);
  if (bytes === undefined) return result;
  correctLength(joined, bytes.byteLength);
  if (bytes.byteLength > 0) result.body = bytes;
  return result;
}

/**
 * Where cookies go: of several `Set-Cookie` headers the library keeps one, `cookies` takes any number
 * but every value is escaped anew (`==` becomes `%3D%3D`). So a cookie alone goes out as a header,
 * word for word. In buffered mode the host appends `cookies` to that header
 * (https://github.com/Azure/azure-functions-host, src/WebJobs.Script/Binding/Http/RawScriptResult.cs),
 * so one of several can too, the first that would lose something; in stream mode they replace it.
 */
function placeCookies(
  lines: readonly string[],
  headers: Record<string, string>,
  options: AzureOptions,
): AzureCookie[] {
  const parsed = lines.map((line) => parseSetCookie(line));
  let asHeader = lines.length === 1 ? 0 : -1;
  if (lines.length > 1 && options.httpStream === false) {
    asHeader = Math.max(
      0,
      parsed.findIndex(({ isExact }) => !isExact),
    );
  }
  const line = lines[asHeader];
  if (line !== undefined) headers['set-cookie'] = line;
  const cookies: AzureCookie[] = [];
  parsed.forEach(({ cookie }, index) => {
    if (index === asHeader) return;
    if (cookie !== null) cookies.push(cookie);
    else report(new Error('A cookie was left out: its name is no token, which Azure cannot send.'));
  });
  return cookies;
}

/** The body; once its head is out only Azure can still break it off, so a failure is reported here. */
function streamOf({ reader, first }: StartedBody): ReadableStream<Uint8Array> {
  let ahead: Promise<Chunk> | undefined = first;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await (ahead ?? nextChunk(reader));
          ahead = undefined;
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          report(error);
          controller.error(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
