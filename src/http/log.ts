/** One line a request; never a query string, which may hold a ticket. */
export function logRequest(request: Request, url: URL, response: Response, ms: number): void {
  const line = {
    at: 'request',
    method: request.method,
    host: request.headers.get('host') ?? url.host,
    path: url.pathname,
    status: response.status,
    ms,
  };
  console.log(JSON.stringify(line));
}
