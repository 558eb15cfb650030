import { pathOf } from './address-rules.ts';

/** A page whose file takes longer than this is announced by a skeleton; until then the one before stays. */
export const PATIENCE_MS = 300;
/** How long a page may take to become as tall as it was. */
const RESTORE_MS = 2_000;

interface Step {
  /** place in the session history, counted from where the console was opened */
  place: number;
  /** how far the page was scrolled when it was left, in pixels */
  top?: number;
}

interface Options {
  /** the address whose page is to be shown */
  onPath: (path: string) => void;
  /** somebody has followed a link to where they are */
  onAgain: () => void;
  /** somebody wants to leave what is not saved; null: no longer */
  onAsk: (asked: Asked | null) => void;
  /** loads what the page of an address needs; null when it is there */
  prepare: (path: string) => Promise<unknown> | null;
}

/** What somebody decides who is about to lose what is not saved. */
export interface Asked {
  leave: () => void;
  stay: () => void;
}

/** The language of the page is in its address once, when it was chosen; the server has kept it by now. */
function here(): string {
  const query = new URLSearchParams(location.search);
  query.delete('lang');
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : '');
}

function readStep(state: unknown): Step | null {
  const step = state as Partial<Step> | null;
  return step && typeof step.place === 'number' ? (step as Step) : null;
}

/**
 * Addresses of the console and the browser's history: back and forward lead to where one was, scrolled as
 * it was, and nothing that is not saved is left without asking.
 */
export function openRouter({ onPath, onAgain, onAsk, prepare }: Options) {
  let path = here();
  let place = 0;
  let turn = 0;
  let top: number | null = null;
  /** a step of the history that is our own doing */
  let isReturning = false;
  let isAllowed = false;
  const tops = new Map<number, number>();
  const guards = new Set<() => boolean>();

  history.scrollRestoration = 'manual';
  const first = readStep(history.state);
  if (first) {
    place = first.place;
    top = first.top || null;
  }
  history.replaceState(first || ({ place } satisfies Step), '', path);

  const isDirty = () => Array.from(guards).some((guard) => guard());
  const leaves = (to: string) => pathOf(to) !== pathOf(path) && isDirty();

  function remember(): void {
    tops.set(place, window.scrollY);
    try {
      history.replaceState({ place, top: window.scrollY } satisfies Step, '');
    } catch {
      /* Safari allows a hundred in half a minute; then the place is not kept */
    }
  }

  function show(to: string, from: number | null): void {
    const mine = (turn += 1);
    const display = () => {
      if (mine !== turn) return;
      turn += 1;
      if (pathOf(to) !== pathOf(path)) top = from;
      path = to;
      onPath(to);
    };
    const wait = prepare(to);
    if (!wait) return display();
    setTimeout(display, PATIENCE_MS);
    wait.then(display, display);
  }

  function ask(proceed: () => void): void {
    const decide = (go: boolean) => () => {
      onAsk(null);
      if (!go) return;
      // The page that is left has nothing more to say, also while it is being taken down.
      guards.clear();
      proceed();
    };
    onAsk({ leave: decide(true), stay: decide(false) });
  }

  /** Does it now, or once somebody has agreed to lose what is not saved. */
  function leave(proceed: () => void): void {
    if (isDirty()) ask(proceed);
    else proceed();
  }

  function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
    const address = new URL(to, location.href);
    const target = address.pathname + address.search;
    const move = () => {
      if (!replace && target === path) return onAgain();
      if (replace) history.replaceState({ place } satisfies Step, '', target);
      else {
        remember();
        place += 1;
        tops.forEach((_, one) => one >= place && tops.delete(one));
        history.pushState({ place } satisfies Step, '', target);
      }
      show(target, 0);
    };
    if (leaves(target)) ask(move);
    else move();
  }

  function onPop(event: PopStateEvent): void {
    if (isReturning) {
      isReturning = false;
      return;
    }
    const step = readStep(event.state);
    // An address with `#` that somebody typed: the same page.
    if (!step) return history.replaceState({ place } satisfies Step, '');
    const target = here();
    const by = step.place - place;
    if (!isAllowed && by !== 0 && leaves(target)) {
      isReturning = true;
      history.go(-by);
      return ask(() => {
        isAllowed = true;
        history.go(by);
      });
    }
    isAllowed = false;
    tops.set(place, window.scrollY);
    place = step.place;
    const known = tops.get(place);
    show(target, known === undefined ? step.top || 0 : known);
  }

  const onUnload = (event: BeforeUnloadEvent) => {
    if (!isDirty()) return;
    event.preventDefault();
    event.returnValue = '';
  };
  window.addEventListener('popstate', onPop);
  window.addEventListener('pagehide', remember);
  window.addEventListener('beforeunload', onUnload);

  return {
    path: () => path,
    go,
    leave,
    /** @param isDirty whether something would be lost now. @returns how to let go */
    guard(isUnsaved: () => boolean): () => void {
      guards.add(isUnsaved);
      return () => void guards.delete(isUnsaved);
    },
    /** Scrolls the page that has just been shown to where it belongs. */
    settle(): void {
      const wanted = top;
      top = null;
      if (wanted !== null) holdScroll(wanted);
    },
  };
}

export type Router = ReturnType<typeof openRouter>;

/**
 * A page that is still being filled grows, and what is put in above moves what is below: the place is held
 * until it stands. Whoever scrolls in the meantime is left alone.
 */
function holdScroll(top: number): void {
  window.scrollTo(0, top);
  if (top === 0) return;
  const { style } = document.documentElement;
  style.setProperty('overflow-anchor', 'none');
  const end = () => {
    observer.disconnect();
    clearTimeout(timer);
    style.removeProperty('overflow-anchor');
    for (const type of HANDS) window.removeEventListener(type, end);
  };
  const observer = new ResizeObserver(() => window.scrollTo(0, top));
  const timer = setTimeout(end, RESTORE_MS);
  for (const type of HANDS) window.addEventListener(type, end, { passive: true });
  observer.observe(document.body);
}

const HANDS = ['wheel', 'touchstart', 'keydown', 'mousedown'] as const;
