import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import type { ActingRole, LoginAnswer, Role } from '../../../contract/auth.ts';
import type { AdminBoot } from '../../../contract/boot.ts';
import type { Refusal } from '../../shared/api.ts';
import type { Router } from './router.ts';
import type { Session } from './session.ts';
import type { Say } from './words.ts';

export interface Console {
  boot: AdminBoot;
  /** the words of the shell and those that every page needs; a page's own are in `say` */
  t: Say['admin'];
  say: Say;
  session: Session;
  user: LoginAnswer['user'] | null;
  role: ActingRole | null;
  /** of a helper: the one event of the grant */
  helps: NonNullable<LoginAnswer['event']> | null;
  /** path and query of the page that is shown */
  path: string;
  /** shows another page of the console; `replace` leaves no step for the back button */
  go: (path: string, options?: { replace?: boolean }) => void;
  /** loads the page of a link that somebody is about to follow */
  foresee: (path: string) => void;
  router: Router;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (!value) throw new Error('rendered outside the console');
  return value;
}

const RANK: Record<ActingRole, number> = { owner: 3, admin: 2, member: 1, moderator: 0, viewer: 0 };

/** Whether the person's role contains what an action needs; a helper may moderate and nothing else. */
export function may(role: ActingRole | null, needed: Role | 'moderator'): boolean {
  if (!role) return false;
  if (needed === 'moderator') return role !== 'viewer';
  return role === 'moderator' ? false : RANK[role] >= RANK[needed];
}

/** Words for a refusal; never the server's own English where there is a translation. */
export function reasonOf({ say, t }: Pick<Console, 'say' | 't'>, refusal: Refusal): string {
  return refusal.code ? say.codes(refusal.code) : t('offline');
}

/** A link inside the console: an ordinary one, but without a reload. */
export function Link({
  to,
  children,
  class: look,
  current,
  label,
}: {
  to: string;
  children: ComponentChildren;
  class?: string;
  /** it leads to the page that is shown */
  current?: boolean;
  /** its name, where there is only a picture in it */
  label?: string;
}) {
  const { foresee, go } = useConsole();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a
      class={look}
      href={to}
      onClick={follow}
      onMouseEnter={() => foresee(to)}
      onFocus={() => foresee(to)}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
    >
      {children}
    </a>
  );
}

/** @param title null where what is inside has one of its own: effects of what is around it come last */
export function useTitle(title: string | null): void {
  useEffect(() => {
    if (title !== null) document.title = title;
  }, [title]);
}

export function Failure({ refusal, again }: { refusal: Refusal; again: () => void }) {
  const console = useConsole();
  return (
    <div class="empty" role="alert">
      <h1>{console.t('loadFailed')}</h1>
      <p class="quiet">{reasonOf(console, refusal)}</p>
      <button type="button" class="button" onClick={again}>
        {console.t('tryAgain')}
      </button>
    </div>
  );
}
