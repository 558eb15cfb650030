import type { LocalIndex } from '../contract/local-index.ts';
import { renderDocument } from './document.tsx';

/** The start page of the bare local host, for the people who build and try the platform. English only. */
export function renderLocalIndex(index: LocalIndex): string {
  const hosts = index.tenants.map((tenant) => `${tenant.slug}.localhost`).join(' ');
  return renderDocument({
    locale: 'en',
    title: 'Momentique on this machine',
    entry: 'gallery',
    plain: true,
    children: (
      <main class="page page-wide">
        <h1>Momentique on this machine</h1>
        <p class="quiet">Everything that is running, with links and sign-ins. This page exists in local mode only.</p>
        <h2>Tenants</h2>
        <ul class="cards">
          {index.tenants.map((tenant) => (
            <li class="card" key={tenant.slug}>
              <h2>
                <a href={tenant.url}>{tenant.name}</a>{' '}
                <span class={tenant.status === 'active' ? 'badge badge-good' : 'badge'}>{tenant.status}</span>
              </h2>
              <p class="small">
                <a href={tenant.admin}>Console</a> · <a href={new URL('/design', tenant.url).href}>Design system</a>
              </p>
              <ul>
                {tenant.events.map((event) => (
                  <li key={event.slug}>
                    <a href={event.url}>{event.name}</a> · <a href={event.wall}>wall</a>
                    {event.pin && (
                      <>
                        {' '}
                        · PIN <code>{event.pin}</code>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        <h2>Sign-ins</h2>
        <div class="table-scroll" tabIndex={0} role="region" aria-label="Sign-ins">
          <table>
            <thead>
              <tr>
                <th scope="col">E-mail</th>
                <th scope="col">Password</th>
                <th scope="col">Role</th>
                <th scope="col">Where</th>
              </tr>
            </thead>
            <tbody>
              {index.signIns.map((signIn, i) => (
                <tr key={i}>
                  <td>
                    <code>{signIn.email}</code>
                  </td>
                  <td>
                    <code>{signIn.password}</code>
                  </td>
                  <td>{signIn.role}</td>
                  <td>{/^https?:/.test(signIn.where) ? <a href={signIn.where}>{signIn.where}</a> : signIn.where}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {index.mail && (
          <>
            <h2>Mail</h2>
            <p>
              Mails are not sent but kept: <a href={index.mail}>open the outbox</a>.
            </p>
          </>
        )}
        <h2>If a link does not open</h2>
        <div class="stack">
          <p>
            Chrome, Edge, Firefox and curl know that <code>*.localhost</code> is this machine. Safari and most other
            programs do not: use one of the former, or add this line to <code>/etc/hosts</code>:
          </p>
          <pre tabIndex={0}>127.0.0.1 {hosts}</pre>
          <p>
            Or name the host yourself:{' '}
            <code>{`curl -H 'Host: acme.localhost:${index.port}' http://127.0.0.1:${index.port}/`}</code>
          </p>
        </div>
      </main>
    ),
  });
}
