import type { LoginAnswer } from '../../../contract/auth.ts';
import { call, type Answer, type Call } from '../../shared/api.ts';

/** Ask for a new access token this long before the old one ends. */
const EARLY_MS = 60_000;

export type SignIn =
  | { kind: 'starting' }
  | { kind: 'offline' }
  | { kind: 'out'; wasIn: boolean }
  | {
      kind: 'in';
      user: LoginAnswer['user'];
      role: LoginAnswer['role'];
      event: NonNullable<LoginAnswer['event']> | null;
    };

interface Token {
  value: string;
  /** milliseconds since 1970 */
  endsAt: number;
}

interface Locks {
  request<T>(name: string, run: () => Promise<T>): Promise<T>;
}

/** The access token lives in this closure and nowhere else: no storage, no cookie that scripts can read. */
export function openSession(onChange: (state: SignIn) => void) {
  let token: Token | null = null;
  let wasIn = false;
  let running: Promise<boolean> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function take(answer: LoginAnswer): void {
    token = { value: answer.accessToken, endsAt: Date.now() + answer.expiresIn * 1000 };
    wasIn = true;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), Math.max(5_000, answer.expiresIn * 1000 - EARLY_MS));
    onChange({ kind: 'in', user: answer.user, role: answer.role, event: answer.event || null });
  }

  function drop(): void {
    token = null;
    clearTimeout(timer);
    onChange({ kind: 'out', wasIn });
  }

  async function ask(): Promise<boolean> {
    const answer = await call<LoginAnswer>('/api/v1/auth/refresh', { method: 'POST' });
    if (answer.ok) take(answer.data);
    else if (answer.status === 401 || answer.status === 403) drop();
    else {
      // Not refused, only not reached: a token that still holds is kept, and it is tried again.
      if (!token) onChange({ kind: 'offline' });
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), 10_000);
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

  /** As `call`, with the token; a token that has ended is renewed once. */
  async function authed<T>(path: string, options: Call = {}): Promise<Answer<T>> {
    if (!token || token.endsAt < Date.now() + 5_000) await refresh();
    const answer = await call<T>(path, { ...options, token: token && token.value });
    if (answer.ok || answer.status !== 401) return answer;
    if (!(await refresh())) return answer;
    return call<T>(path, { ...options, token: token && token.value });
  }

  async function signIn(email: string, password: string, otp: string): Promise<Answer<LoginAnswer>> {
    const body = otp ? { email, password, otp } : { email, password };
    const answer = await call<LoginAnswer>('/api/v1/auth/login', { method: 'POST', body });
    if (answer.ok) take(answer.data);
    return answer;
  }

  async function signOut(): Promise<void> {
    await call('/api/v1/auth/logout', { method: 'POST' });
    wasIn = false;
    drop();
  }

  return { refresh, authed, signIn, signOut };
}

export type Session = ReturnType<typeof openSession>;
