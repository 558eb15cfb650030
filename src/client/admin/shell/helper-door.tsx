import { useState } from 'preact/hooks';
import type { Refusal } from '../../shared/api.ts';
import { Link, reasonOf, useConsole, useTitle } from './console.tsx';

export const HELPER_DOOR = '/admin/help';

/** Takes the token of a helper's link out of the address, where it could be read over a shoulder or be shared. */
export function takeHelperToken(): string | null {
  if (location.pathname !== HELPER_DOOR) return null;
  const token = decodeURIComponent(location.hash.slice(1)).trim();
  if (location.hash) history.replaceState(history.state, '', HELPER_DOOR);
  return token || null;
}

/**
 * Where a helper's link leads. It works once, so nothing is used up by opening it: a messenger that looks
 * at links for a preview must not take the place of the person it was meant for.
 */
export function HelperDoor({ token }: { token: string | null }) {
  const console = useConsole();
  const { boot, go, helps, role, say, session, t, user } = console;
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  useTitle(`${say.shell('helpTitle')} · ${boot.tenant.name}`);

  const start = async () => {
    if (!token) return;
    setBusy(true);
    const answer = await session.redeem(token);
    setBusy(false);
    setRefusal(answer.ok ? null : answer);
    if (answer.ok && answer.data.event) go(`/admin/events/${answer.data.event.slug}/photos`, { replace: true });
  };
  const isStaff = role !== null && role !== 'moderator';
  const isOver = refusal !== null && refusal.status >= 400 && refusal.status < 500 && refusal.status !== 429;
  const mayStart = token !== null && !isStaff && !isOver;
  return (
    <main class="sign-in helper" id="main" tabIndex={-1}>
      <div class="stack">
        <bdi class="rail-brand">{boot.tenant.name}</bdi>
        <h1>{say.shell('helpTitle')}</h1>
        {isStaff && user && <p class="notice">{say.shell('helpStaff', { name: user.name || user.email })}</p>}
        {!isStaff && helps && <p class="notice">{say.shell('helpAlready', { event: helps.name })}</p>}
        {!token && !isStaff && !helps && <p class="notice notice-wait">{say.shell('helpNoToken')}</p>}
        {refusal && (
          <p class="notice notice-bad" role="alert">
            {reasonOf(console, refusal)}
          </p>
        )}
        {mayStart && <p>{say.shell('helpText', { tenant: boot.tenant.name })}</p>}
        {mayStart && (
          <button type="button" class="button" disabled={isBusy} onClick={() => void start()}>
            {say.shell('helpStart')}
          </button>
        )}
        {helps && (
          <Link class="button button-quiet" to={`/admin/events/${helps.slug}/photos`}>
            {say.shell('toPhotos')}
          </Link>
        )}
        {isStaff && (
          <Link class="button" to="/admin">
            {t('back')}
          </Link>
        )}
        {!role && !mayStart && (
          <Link class="button button-quiet" to="/admin">
            {say.shell('helpSignIn')}
          </Link>
        )}
      </div>
    </main>
  );
}

/** A helper's grant has ended: nothing of the event stays on the page. */
export function HelpEnded({ event }: { event: string | null }) {
  const { boot, session, say } = useConsole();
  useTitle(`${say.shell('helpEnded')} · ${boot.tenant.name}`);
  return (
    <main class="sign-in helper" id="main" tabIndex={-1}>
      <div class="stack">
        <bdi class="rail-brand">{boot.tenant.name}</bdi>
        <h1>{say.shell('helpEnded')}</h1>
        <p>{event ? say.shell('helpEndedOf', { event }) : say.shell('helpEndedText')}</p>
        <button type="button" class="button button-quiet" onClick={() => session.leave()}>
          {say.shell('helpSignIn')}
        </button>
      </div>
    </main>
  );
}
