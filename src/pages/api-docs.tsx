import { renderDocument } from './document.tsx';

/** One route, as much of it as the page says. */
export interface DocumentedRoute {
  method: string;
  path: string;
  summary: string;
  /** who may call it, in words */
  who: string;
  tag: string;
  /** names in the query or a header of the body's type */
  takes: string[];
}

/** The API's routes for people; whoever wants shapes reads the OpenAPI document it links to. English only. */
export function renderApiDocs({ routes, version }: { routes: DocumentedRoute[]; version: string }): string {
  const tags = [...new Set(routes.map((route) => route.tag))];
  return renderDocument({
    locale: 'en',
    title: 'Momentique API',
    entry: 'gallery',
    plain: true,
    children: (
      <main class="page page-wide">
        <h1>Momentique API</h1>
        <p class="quiet">
          Version {version}. Shapes of every body and answer are in the{' '}
          <a href="/api/v1/openapi.json">OpenAPI document</a>. Refusals are problem details (RFC 9457) with a{' '}
          <code>code</code> and a sentence that says what to do.
        </p>
        {tags.map((tag) => (
          <section key={tag} aria-labelledby={`tag-${tag}`}>
            <h2 id={`tag-${tag}`}>{tag}</h2>
            <div class="table-scroll" tabIndex={0} role="region" aria-labelledby={`tag-${tag}`}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Call</th>
                    <th scope="col">Does</th>
                    <th scope="col">Who</th>
                    <th scope="col">Takes</th>
                  </tr>
                </thead>
                <tbody>
                  {routes
                    .filter((route) => route.tag === tag)
                    .map((route) => (
                      <tr key={`${route.method} ${route.path}`}>
                        <td>
                          <code>
                            {route.method} {route.path}
                          </code>
                        </td>
                        <td>{route.summary}</td>
                        <td>{route.who}</td>
                        <td>{route.takes.join(', ') || '–'}</td>
                      </tr>
                    ))}
                </tbody>
              </table>
            </div>
          </section>
        ))}
      </main>
    ),
  });
}
