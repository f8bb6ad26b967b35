/** Header by which a request asks which deployment answers it, and by which the response says so. */
const header = 'tricloud-deployment-id';

/**
 * Adds the id of the deployment to the response of a request that asks for it. The id is what `tricloud deploy` set as
 * TRICLOUD_DEPLOYMENT_ID; a function that was deployed without it says nothing.
 */
export function withDeploymentId(request: Request, response: Response): Response {
  const id = process.env['TRICLOUD_DEPLOYMENT_ID'];
  if (id === undefined || id === '' || !request.headers.has(header)) return response;
  // The headers of a response may be immutable, as those of `fetch` are.
  const { body, status, statusText } = response;
  const headers = new Headers(response.headers);
  headers.set(header, id);
  return new Response(body, { status, statusText, headers });
}
