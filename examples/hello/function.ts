import type { FetchHandler } from '@tricloud/adapters';

/** Greets whoever asks, and says which cloud did. */
export const handler: FetchHandler = (request, { provider, coldStart }) => {
  const url = new URL(request.url);
  const name = url.searchParams.get('name') ?? 'world';
  if (url.pathname !== '/') return new Response('not here', { status: 404 });
  console.log(`greeting ${name}`);
  return Response.json({ hello: name, from: provider, coldStart });
};
