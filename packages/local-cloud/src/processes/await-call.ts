/**
 * Returns at once, unless this process stands by: then when it is called, with the environment and the folder it
 * is called for.
 */
export async function awaitCall(): Promise<void> {
  // The name is not imported: what a child loads is kept small.
  if (process.env['TRICLOUD_STANDBY'] === undefined) return;
  // Node loads its fetch when it is first touched: while nobody waits is a better time.
  void new Response(new Request('http://localhost').body);
  const call = await new Promise<unknown>((resolve) => {
    process.channel?.ref();
    process.once('message', resolve);
  });
  process.channel?.unref();
  if (!isCall(call))
    throw new TypeError('A process that stands by was called with no environment.');
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, call.env);
  process.chdir(call.cwd);
}

function isCall(
  value: unknown,
): value is { readonly env: Record<string, string>; readonly cwd: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'env' in value &&
    typeof value.env === 'object' &&
    'cwd' in value &&
    typeof value.cwd === 'string'
  );
}
