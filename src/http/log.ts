/** The address of a rendition lets whoever has it read the photo, so a log keeps its shape only. */
export const withoutKey = (path: string): string => path.replace(/^\/i\/[^/]*/, '/i/…');

/** One line a request; never a query string, which may hold a ticket, nor the key of a rendition. */
export function logRequest(request: Request, url: URL, response: Response, ms: number): void {
  const line = {
    at: 'request',
    method: request.method,
    host: request.headers.get('host') ?? url.host,
    path: withoutKey(url.pathname),
    status: response.status,
    ms,
  };
  console.log(JSON.stringify(line));
}
