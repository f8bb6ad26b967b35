import { describe, expect, test } from 'vitest';
import { maxBodyBytes, readJson } from './body.ts';

const post = (
  body: Exclude<RequestInit['body'], undefined>,
  headers: Record<string, string> = {},
): Request => new Request('https://f.example/', { method: 'POST', body, headers, duplex: 'half' });

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe('readJson', () => {
  test.each([
    { headers: { 'content-type': 'application/json' }, why: 'JSON by name' },
    { headers: { 'content-type': 'Application/JSON; charset="UTF-8"' }, why: 'names have no case' },
    { headers: { 'content-type': 'application/merge-patch+json' }, why: 'JSON by suffix' },
    { headers: { 'content-type': 'text/plain;charset=UTF-8' }, why: 'what fetch calls a string' },
    { headers: {}, why: 'no type at all' },
    { headers: { 'content-encoding': 'identity' }, why: 'no coding, said aloud' },
  ])('reads JSON sent with $headers: $why', async ({ headers }) => {
    expect(await readJson(post(bytes('{"é":[1.0]}'), { ...headers }))).toEqual({ é: [1] });
  });

  test.each([
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, why: 'a form' },
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, why: 'an upload' },
    { headers: { 'content-type': 'application/jsonp' }, why: 'only begins like JSON' },
    { headers: { 'content-type': 'application/json; charset=utf-16' }, why: 'another charset' },
    { headers: { 'content-encoding': 'gzip' }, why: 'a coding that nobody has undone' },
  ])('refuses $headers with 415: $why', async ({ headers }) => {
    await expect(readJson(post(bytes('{}'), { ...headers }))).rejects.toMatchObject({
      name: 'ProblemError',
      status: 415,
    });
  });

  test.each([
    { body: null, why: 'there is none' },
    { body: '', why: 'it is empty' },
    { body: '{', why: 'it ends too early' },
    { body: "{'a':1}", why: 'other quotes' },
    { body: '{"a":NaN}', why: 'NaN is no JSON' },
    { body: new Uint8Array([0x22, 0xff, 0x22]), why: 'it is not UTF-8' },
  ])('refuses a body with 400: $why', async ({ body }) => {
    await expect(readJson(post(body))).rejects.toMatchObject({ name: 'ProblemError', status: 400 });
  });

  test('takes a body of exactly the limit', async () => {
    const largest = JSON.stringify('x'.repeat(maxBodyBytes - 2));
    expect(await readJson(post(largest))).toHaveLength(maxBodyBytes - 2);
  });

  test('refuses a body one byte over the limit with 413', async () => {
    const tooLarge = JSON.stringify('x'.repeat(maxBodyBytes - 1));
    await expect(readJson(post(tooLarge))).rejects.toMatchObject({ status: 413 });
  });

  test('stops reading a stream without end, whatever length it claims', async () => {
    let pulled = 0;
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
      cancel() {
        isCancelled = true;
      },
    });
    await expect(readJson(post(endless))).rejects.toMatchObject({ status: 413 });
    expect(isCancelled).toBe(true);
    expect(pulled).toBeLessThan(10);
  });

  test('refuses a body by the length it claims, before reading it', async () => {
    const request = post('{}', { 'content-length': String(maxBodyBytes + 1) });
    await expect(readJson(request)).rejects.toMatchObject({ status: 413 });
    expect(request.bodyUsed).toBe(false);
  });
});
