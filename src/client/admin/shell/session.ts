import type { LoginAnswer } from '../../../contract/auth.ts';
import { call, type Answer, type Call } from '../../shared/api.ts';

/** Ask for a new access token this long before the old one ends. */
const EARLY_MS = 60_000;
const AGAIN_MS = 10_000;

/** Who is signed in. */
export interface Me {
  user: LoginAnswer['user'];
  role: LoginAnswer['role'];
  /** of a helper: the one event of the grant */
  event: NonNullable<LoginAnswer['event']> | null;
}

/**
 * `lost`: the session has ended while somebody worked; what they work on stays, and goes on once they have
 * signed in again. `ended`: a helper's grant is over, and there is nothing to sign in to.
 */
export type SignIn =
  | { kind: 'starting' }
  | { kind: 'offline' }
  | { kind: 'out' }
  | { kind: 'ended'; event: Me['event'] }
  | ({ kind: 'in' | 'lost' } & Me);

interface Token {
  value: string;
  /** milliseconds since 1970 */
  endsAt: number;
}

interface Locks {
  request<T>(name: string, run: () => Promise<T>): Promise<T>;
}

/** Said to the other tabs of this host; nothing stays in the storage. */
const CHANNEL = 'momentique-session';
function tellTabs(what: 'in' | 'out'): void {
  try {
    localStorage.setItem(CHANNEL, what);
    localStorage.removeItem(CHANNEL);
  } catch {
    /* no storage: then each tab finds out by itself */
  }
}

/** The access token lives in this closure and nowhere else: no storage, no cookie that scripts can read. */
export function openSession(onChange: (state: SignIn) => void) {
  let token: Token | null = null;
  let me: Me | null = null;
  let running: Promise<boolean> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** calls that wait for somebody to sign in again */
  let waiting: ((isBack: boolean) => void)[] = [];

  function release(isBack: boolean): void {
    const all = waiting;
    waiting = [];
    for (const one of all) one(isBack);
  }

  function renewIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), ms);
  }

  function take({ accessToken, expiresIn, user, role, event }: LoginAnswer): void {
    const isSame = me !== null && me.user.id === user.id;
    token = { value: accessToken, endsAt: Date.now() + expiresIn * 1000 };
    me = { user, role, event: event || null };
    renewIn(Math.max(5_000, expiresIn * 1000 - EARLY_MS));
    // What one person has begun is not finished in the name of another.
    release(isSame);
    onChange({ kind: 'in', ...me });
  }

  /** Signed out on purpose: nothing of the person stays on the page. */
  function leave(): void {
    token = null;
    me = null;
    clearTimeout(timer);
    release(false);
    onChange({ kind: 'out' });
  }

  function lose(): void {
    token = null;
    clearTimeout(timer);
    if (!me) return onChange({ kind: 'out' });
    if (me.role !== 'moderator') return onChange({ kind: 'lost', ...me });
    const { event } = me;
    me = null;
    release(false);
    onChange({ kind: 'ended', event });
  }

  async function ask(): Promise<boolean> {
    const answer = await call<LoginAnswer>('/api/v1/auth/refresh', { method: 'POST' });
    if (answer.ok) take(answer.data);
    else if (answer.code === 'helper.ended' && !me) onChange({ kind: 'ended', event: null });
    else if (answer.status === 401 || answer.status === 403) lose();
    else {
      // Not refused, only not reached: a token that still holds is kept, and it is tried again.
      if (!token && !me) onChange({ kind: 'offline' });
      renewIn(AGAIN_MS);
    }
    return answer.ok;
  }

  /**
   * One refresh at a time, in this tab and across tabs: a refresh token is used once, and two tabs that
   * use the same one look like a thief.
   */
  function refresh(): Promise<boolean> {
    const { locks } = navigator as unknown as { locks?: Locks };
    running ||= (locks ? locks.request('momentique-refresh', ask) : ask()).finally(() => (running = null));
    return running;
  }

  /** True once somebody has signed in again as who they were; at once when nothing was lost. */
  const isBack = (): Promise<boolean> =>
    token || !me ? Promise.resolve(token !== null) : new Promise((resolve) => waiting.push(resolve));

  /**
   * As `call`, with the token; a token that has ended is renewed once. Where the session itself has ended,
   * the call waits until its person has signed in again, and is then made: nothing is lost.
   */
  async function authed<T>(path: string, options: Call = {}): Promise<Answer<T>> {
    if (!token || token.endsAt < Date.now() + 5_000) await refresh();
    if (!token) await isBack();
    const answer = await call<T>(path, { ...options, token: token && token.value });
    if (answer.ok || answer.status !== 401) return answer;
    if (!(await refresh()) && !(await isBack())) return answer;
    return call<T>(path, { ...options, token: token && token.value });
  }

  async function enter(path: string, body: unknown): Promise<Answer<LoginAnswer>> {
    const answer = await call<LoginAnswer>(path, { method: 'POST', body });
    if (answer.ok) {
      take(answer.data);
      tellTabs('in');
    }
    return answer;
  }

  return {
    refresh,
    authed,
    signIn: (email: string, password: string, otp: string) =>
      enter('/api/v1/auth/login', otp ? { email, password, otp } : { email, password }),
    /** Uses a helper's link, which works once. */
    redeem: (link: string) => enter('/api/v1/auth/helper', { token: link }),
    async signOut(): Promise<void> {
      await call('/api/v1/auth/logout', { method: 'POST' });
      leave();
      tellTabs('out');
    },
    /** Lets what was lost go: the page is cleared. */
    leave,
    /** Follows what happens in other tabs. @returns how to stop */
    follow(): () => void {
      const onStorage = (event: StorageEvent) => {
        if (event.key !== CHANNEL) return;
        if (event.newValue === 'out') leave();
        else if (event.newValue === 'in') void refresh();
      };
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
  };
}

export type Session = ReturnType<typeof openSession>;
