import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import type { LoginAnswer } from '../../contract/auth.ts';
import type { AdminBoot } from '../../contract/boot.ts';
import type { admin } from '../../contract/messages/index.ts';
import { codes, translator, type Translator } from '../../contract/messages/index.ts';
import type { Refusal } from '../shared/api.ts';
import type { Session } from './session.ts';

export interface Console {
  boot: AdminBoot;
  t: Translator<(typeof admin)['en']>;
  session: Session;
  role: LoginAnswer['role'] | null;
  go: (path: string) => void;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (!value) throw new Error('rendered outside the console');
  return value;
}

/** Words for a refusal; never the server's own English where there is a translation. */
export function reasonOf({ boot, t }: Console, refusal: Refusal): string {
  return refusal.code ? translator(boot.locale, codes)(refusal.code) : t('offline');
}

/** A link inside the console: an ordinary one, but without a reload. */
export function Link({ to, children, class: look }: { to: string; children: ComponentChildren; class?: string }) {
  const { go } = useConsole();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a class={look} href={to} onClick={follow}>
      {children}
    </a>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

export function Failure({ refusal, again }: { refusal: Refusal; again: () => void }) {
  const console = useConsole();
  return (
    <div class="empty" role="alert">
      <h2>{console.t('loadFailed')}</h2>
      <p class="quiet">{reasonOf(console, refusal)}</p>
      <button type="button" class="button" onClick={again}>
        {console.t('tryAgain')}
      </button>
    </div>
  );
}
