import type { ScreenBoot } from '../../../contract/boot.ts';
import type { EventState } from '../../../contract/events.ts';
import type { ScreenReport } from '../../../contract/live-screens.ts';
import type { ScreenMe } from '../../../contract/screens.ts';
import { themeUrl } from '../../../contract/theme/address.ts';
import type { Refusal } from '../../shared/api.ts';
import { el, line } from '../dom.ts';
import { openFeed, type Feed, type Kept, type Page } from '../feed.ts';
import { openShelf } from '../keep/shelf.ts';
import { forget, keep, kept } from '../keep/store.ts';
import { toWallPhoto } from '../schedule/schedule-rules.ts';
import { fromLayout } from '../settings-rules.ts';
import { NO_STAGE } from '../stage/moments-rules.ts';
import { openWall } from '../stage/wall.ts';
import { t } from '../words.ts';
import { once, type Nudge } from './commands.ts';
import { askAs, forgetCredential, installation, keepCredential, readCredential, type Ask } from './identity.ts';
import { forgetLink, redeem, takeLink } from './link.ts';
import { notice, pair } from './pairing.ts';
import { inspect, preflightSlide } from './preflight.ts';
import { openReporter } from './reporter.ts';
import { openShownNews } from './shown-news.ts';

const RETRY_MS = 5_000;
const POLL_MS = 5_000;
/** Whatever a lost nudge said is known by then; and clocks drift. */
const REFRESH_MS = 5 * 60_000;
const IDENTIFY_MS = 12_000;
const PREFLIGHT_MS = 60_000;

const isUnpaired = ({ status, code }: Refusal): boolean => status === 401 && code !== null;
const pageOf = ({ photos, nextCursor, epoch, seq, eventState }: ScreenMe): Page => ({
  items: photos,
  nextCursor,
  epoch,
  seq,
  event: eventState as EventState,
});

const NOT_ON: EventState = {
  held: false,
  heldMessage: null,
  uploads: false,
  shows: true,
  status: 'live',
  stage: NO_STAGE,
};
const startOf = ({ photos, eventState, epoch, seq }: ScreenMe): Kept => ({
  position: { epoch, seq },
  state: eventState || NOT_ON,
  photos: photos.map(toWallPhoto).filter((photo) => photo !== null),
});

/** Photos are the feed's: what is removed there is in no other memory, nor on the device. */
const withoutPhotos = (me: ScreenMe): ScreenMe => ({ ...me, photos: [], nextCursor: null });

/** Which of all screens this is, to be read from the other end of a hall. */
const nameplate = ({ screen: { name, number } }: ScreenMe, text: string | null = null): HTMLElement =>
  el(
    'div',
    'identify',
    line('identify-number', number ? String(number) : null),
    line('identify-name', name),
    line('identify-text', text),
  );

/** A screen that is paired, or shows how to pair it; it outlives its network, its event and its power. */
export async function startScreen(boot: ScreenBoot): Promise<void> {
  if (location.pathname !== '/screen') history.replaceState(null, '', `/screen${location.search}${location.hash}`);
  let link = await takeLink();
  window.addEventListener('hashchange', () => location.hash && location.reload());
  const shelf = openShelf(['/screen', '/pair']);
  const own = await installation();
  let ask: Ask | null = null;
  let me: ScreenMe | null = null;
  let feed: Feed | null = null;
  let feedOf: string | null = null;
  let skewMs = 0;
  let heard = 0;
  let transport: 'socket' | 'polling' | 'none' = 'none';
  let preflight: ScreenReport['preflight'];
  let unsaid: string[] = [];
  let overTimer: ReturnType<typeof setTimeout> | undefined;
  let rehearsalTimer: ReturnType<typeof setTimeout> | undefined;
  const isNew = once();

  const isAtHand = (url: string) => !feed || feed.isOnline() || shelf.has(url);
  const wall = openWall({ now: () => Date.now() - skewMs, isAtHand, onShown });
  const reporter = openReporter(report, (now) => {
    if (feed && transport === 'socket') feed.send({ v: 1, type: 'report', ...now });
  });

  const sayShown = (id: string): boolean => {
    if (!feed || transport !== 'socket') return false;
    feed.send({ v: 1, type: 'shown', id });
    return true;
  };
  const news = openShownNews(sayShown);

  function onShown(): void {
    reporter.shown();
    // Pretend guests wait for nothing.
    if (me && !me.rehearsalUntil) news.note(wall.on().photos);
  }

  function report(): ScreenReport {
    const { showing, layout } = wall.on();
    const base = {
      showing,
      layout,
      version: boot.version,
      skewMs: Math.round(skewMs),
      transport: transport === 'socket' ? ('socket' as const) : ('polling' as const),
      paused: me !== null && me.screen.paused,
    };
    return preflight ? { ...base, preflight } : base;
  }

  /** Over everything for a while; null: nothing. */
  function over(element: HTMLElement | null, ms = 0): void {
    clearTimeout(overTimer);
    wall.frame.over(element);
    if (ms > 0) overTimer = setTimeout(() => wall.frame.over(null), ms);
  }

  async function check(): Promise<void> {
    if (!me) return;
    preflight = await inspect({ overscan: me.screen.layout.overscan, skewMs: Math.round(skewMs), transport });
    over(preflightSlide(me.screen.name, preflight), PREFLIGHT_MS);
    reporter.again();
    if (transport === 'socket') preflight = undefined;
  }

  function obey(id: string, command: Nudge): void {
    if (!isNew(id)) return;
    if (command === 'pause' || command === 'resume') {
      wall.show.pause(command === 'pause');
      if (me) me.screen.paused = command === 'pause';
      reporter.note();
    }
    if (command === 'skip') wall.show.skip();
    if (command === 'reload') location.reload();
    if (command === 'identify' && me) over(nameplate(me), IDENTIFY_MS);
    if (command === 'preflight') void check();
    if (command === 'refresh') void refresh();
    if (command === 'report') reporter.watch();
  }

  function confirm(ids: string[]): void {
    if (feed && transport === 'socket') for (const id of ids) feed.send({ v: 1, type: 'removed', id });
    else unsaid = unsaid.concat(ids).slice(-200);
  }

  /** Colours and face of the event; the sheet that is there stays until the other has come. */
  function dress({ theme }: ScreenMe): void {
    const href = themeUrl(theme);
    const current = document.querySelector<HTMLLinkElement>('link[href^="/theme.css"]');
    if (current && current.getAttribute('href') === href) return;
    const next = document.createElement('link');
    next.rel = 'stylesheet';
    next.href = href;
    next.onload = () => current && current.remove();
    document.head.appendChild(next);
  }

  /** @param last what this device has kept, where there is no network to ask */
  function apply(next: ScreenMe, last: Kept | null): void {
    me = withoutPhotos(next);
    heard = Math.max(heard, last ? 0 : next.commands);
    dress(next);
    const brand = { name: boot.brand.name, logo: next.theme.logo };
    wall.show.pause(next.screen.paused);
    const joinUrl = next.joinUrl || location.origin;
    const place = { brand, eventName: next.event ? next.event.name : next.screen.name, joinUrl };
    wall.configure(place, fromLayout(next.screen.layout, next.place));
    const event = next.event ? next.event.id : null;
    if (event !== feedOf) leaveEvent();
    clearTimeout(rehearsalTimer);
    if (next.rehearsalUntil) {
      const left = Date.parse(next.rehearsalUntil) - (Date.now() - skewMs);
      rehearsalTimer = setTimeout(rehearsalIsOver, Math.max(0, left));
    }
    if (!event) return over(nameplate(next, t('noEvent')));
    over(null);
    if (feed) feed.take(pageOf(next));
    else enter(event, last || startOf(next), next.nextCursor);
    reporter.note();
  }

  function leaveEvent(): void {
    if (feed) {
      feed.stop();
      wall.show.keepOnly(new Set());
      void shelf.clear();
      void forget(`event:${feedOf}`);
    }
    feed = null;
    feedOf = null;
    transport = 'none';
    news.forget();
  }

  /** Nobody may have been able to say so: pretend guests are not shown for longer, also without a network. */
  function rehearsalIsOver(): void {
    leaveEvent();
    if (me) over(nameplate(me));
    void refresh();
  }

  function enter(event: string, start: Kept, nextCursor: string | null): void {
    feedOf = event;
    feed = openFeed(
      wall,
      shelf,
      {
        event,
        name: `event:${event}`,
        ask: (etag = null) => askNow<Page>('/photos?limit=200', { etag }),
        more: (cursor) => askNow<Page>(`/photos?limit=200&cursor=${encodeURIComponent(cursor)}`),
        ticket: () => askNow('/live-ticket', { method: 'POST' }),
        onFrame(frame) {
          if (frame.type === 'screen.command') obey(frame.id, frame.command);
          if (frame.type === 'recall' && feed) void feed.remove(frame.photoIds);
          if (frame.type === 'event.changed') reporter.note();
        },
        onRemoved: confirm,
        onTransport(next) {
          const isBack = next === 'socket' && transport !== 'socket';
          transport = next;
          if (isBack) {
            reporter.again();
            confirm(unsaid.splice(0));
            news.giveBack(news.take().filter((id) => !sayShown(id)));
          }
        },
        onRefused: () => void refresh(),
      },
      start,
      nextCursor,
    );
  }

  const askNow: Ask = async (path, how) => {
    const answer = await (ask as Ask)(path, how);
    if (!answer.ok && isUnpaired(answer)) void unpair();
    return answer as never;
  };

  /** Asks what this screen is to show. @returns whether there was an answer */
  async function refresh(): Promise<boolean> {
    if (!ask) return false;
    const from = Date.now();
    const answer = await askNow<ScreenMe>('');
    if (!answer.ok) return false;
    skewMs = (from + Date.now()) / 2 - Date.parse(answer.data.serverTime);
    void keep('me', withoutPhotos(answer.data));
    const { locale } = answer.data;
    if (locale && locale !== boot.locale && new URLSearchParams(location.search).get('lang') !== locale) {
      location.replace(`/screen?lang=${locale}`);
      return true;
    }
    apply(answer.data, null);
    return true;
  }

  /** What a socket would say and be told, where there is none. */
  async function poll(): Promise<void> {
    if (ask && feed && transport === 'polling') {
      const removed = unsaid.splice(0);
      const shown = news.take();
      const said = await askNow<{ recall: string[] }>('/report', {
        method: 'POST',
        body: { report: report(), removed, shown },
      });
      if (said.ok) preflight = undefined;
      if (!said.ok) {
        unsaid = removed.concat(unsaid);
        news.giveBack(shown);
      } else if (said.data.recall.length > 0) await feed.remove(said.data.recall);
      const told = await askNow<{ items: { id: string; command: Nudge }[]; next: number }>(`/commands?after=${heard}`);
      if (told.ok) {
        heard = told.data.next;
        for (const { id, command } of told.data.items) obey(id, command);
      }
    } else if (ask && !feed) await refresh();
    setTimeout(() => void poll(), POLL_MS);
  }

  /** Revoked, or copied to here from another device: nothing of the event stays, and a code is shown. */
  async function unpair(): Promise<void> {
    if (!ask) return;
    ask = null;
    leaveEvent();
    me = null;
    await Promise.all([forgetCredential(), keep('me', null), shelf.clear()]);
    await begin();
  }

  /** @returns whether there was a link that opens nothing any more */
  async function useLink(): Promise<boolean> {
    if (!link) return false;
    const token = link;
    link = null;
    const credential = await redeem(token, own, (slide) => over(slide));
    if (credential) await keepCredential(credential);
    await forgetLink();
    return credential === null;
  }

  async function begin(): Promise<void> {
    const isOver = await useLink();
    let credential = await readCredential();
    if (!credential) {
      over(null);
      credential = await pair(own, (slide) => over(slide), isOver ? t('linkOver') : null);
      await keepCredential(credential);
    } else if (isOver) {
      over(notice(t('linkOverPaired')));
      await new Promise((resolve) => setTimeout(resolve, IDENTIFY_MS));
    }
    ask = askAs(own, credential);
    over(null);
    const last = await kept<ScreenMe>('me');
    // A rehearsal is shown while it can be asked about, and not from what was kept.
    if (last && last.rehearsalUntil && last.event) await Promise.all([forget(`event:${last.event.id}`), shelf.clear()]);
    if (await refresh()) return;
    if (last && last.event && !last.rehearsalUntil) await resume(last);
    while (!(await refresh()) && isPaired()) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }

  const isPaired = (): boolean => ask !== null;

  /** The network is not there yet: what this screen showed when it was last on. */
  async function resume(last: ScreenMe): Promise<void> {
    const known = await kept<Kept>(`event:${last.event ? last.event.id : ''}`);
    wall.frame.offline(true);
    apply(last, known || startOf(last));
  }

  await begin();
  void poll();
  setInterval(() => void refresh(), REFRESH_MS);
}
