import type { ScreenReport } from '../../../contract/live-screens.ts';
import { el, line } from '../dom.ts';
import { t } from '../words.ts';

type Checks = NonNullable<ScreenReport['preflight']>;

/** A clock that is further off than this shows announcements at the wrong time. */
const SKEW_MOST_MS = 2_000;
const STORAGE_LEAST_BYTES = 60_000_000;
const MEGABYTE = 1_000_000;
/** Chrome 76, Safari 15: what every page of ours is built for. */
const NEEDED = ['animate', 'closest'] as const;

async function storage(): Promise<{ ok: boolean; detail: string }> {
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    const free = Math.max(0, quota - usage);
    const hasWorker = 'serviceWorker' in navigator && 'caches' in window;
    return { ok: hasWorker && free > STORAGE_LEAST_BYTES, detail: `${Math.round(free / MEGABYTE)} MB` };
  } catch {
    return { ok: false, detail: '0 MB' };
  }
}

/** The version that matters in a browser's long name of itself. */
function browserName(agent: string): string {
  const found = /(?:Edg|OPR|SamsungBrowser|Chrome|Firefox|Version)\/[\d.]+/.exec(agent);
  return (found ? found[0] : agent).slice(0, 60);
}

/** Whether this screen is fit for an evening. */
export async function inspect(facts: { overscan: number; skewMs: number; transport: string }): Promise<Checks> {
  const { innerWidth, innerHeight, devicePixelRatio } = window;
  const hasAll = NEEDED.every((name) => name in Element.prototype) && 'decode' in HTMLImageElement.prototype;
  return [
    {
      check: 'overscan',
      ok: innerHeight * devicePixelRatio >= 700,
      detail: `${innerWidth} × ${innerHeight} × ${devicePixelRatio}, ${facts.overscan} %`,
    },
    { check: 'browser', ok: hasAll, detail: browserName(navigator.userAgent) },
    { check: 'storage', ...(await storage()) },
    { check: 'socket', ok: facts.transport === 'socket', detail: facts.transport },
    { check: 'clock', ok: Math.abs(facts.skewMs) <= SKEW_MOST_MS, detail: `${facts.skewMs} ms` },
  ];
}

const NAMES = {
  overscan: 'checkPicture',
  browser: 'checkBrowser',
  storage: 'checkStorage',
  socket: 'checkSocket',
  clock: 'checkClock',
} as const;

/** Lines at the edges, which must all be seen, and what was found. */
export function preflightSlide(name: string, checks: Checks): HTMLElement {
  const rows = checks.map(({ check, ok, detail }) => {
    const value = line('check-detail', detail);
    if (value) value.dir = 'ltr';
    return el(
      'div',
      ok ? 'check' : 'check check-bad',
      el('span', 'check-sign'),
      line('check-name', t(NAMES[check])),
      value,
    );
  });
  return el(
    'div',
    'preflight',
    el('div', 'edge edge-0'),
    el('div', 'edge edge-2'),
    el('div', 'edge edge-5'),
    el('div', 'checks', line('checks-title', name), line('checks-text', t('checkEdges')), ...rows),
  );
}
