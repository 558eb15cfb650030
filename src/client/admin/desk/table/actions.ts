import type { StaffEvent } from '../../../../contract/events.ts';
import type { StaffGuest } from '../../../../contract/moderation.ts';
import type { Decision, Trust } from '../../../../contract/photos.ts';
import { eventPath, type Answer } from '../../../shared/api.ts';
import { showToast } from '../../../shared/toast.ts';
import { reasonOf, useConsole } from '../../shell/console.tsx';
import { withStage } from '../../stage/stage-rules.ts';
import { askStage } from '../../stage/use-stage.ts';
import type { Desk } from './use-table.ts';

const SPOTLIGHT_SECONDS = 60;

interface Ruled {
  changed: number;
  ids: string[];
  more: boolean;
}
interface GuestAnswer {
  guest: StaffGuest;
  changed: number;
}

/** What a moderator does to guests and to the whole event; each says what it did, and how to take it back. */
export function useActions(event: StaffEvent, onEvent: (event: StaffEvent) => void, table: Desk['table'] | null) {
  const console = useConsole();
  const { session, say } = console;
  const d = say.desk;
  const at = (rest: string) => eventPath(event.id, rest);

  function failed(answer: Answer<unknown>): boolean {
    if (!answer.ok) showToast(d('decideFailed', { reason: reasonOf(console, answer) }));
    return !answer.ok;
  }

  async function decideAll(guest: string, from: Decision, to: Decision): Promise<void> {
    const ids: string[] = [];
    for (let more = true; more;) {
      const answer = await session.authed<Ruled>(at('/photos/bulk-rule'), {
        method: 'POST',
        body: { guest, from, status: to },
      });
      if (failed(answer) || !answer.ok) break;
      ids.push(...answer.data.ids);
      more = answer.data.more;
    }
    if (!ids.length || !table) return;
    table.ruled(ids, from, to);
    const words = { pending: 'pendingMany', approved: 'approvedMany', rejected: 'rejectedMany' } as const;
    showToast(d(words[to], { count: ids.length }), { label: d('undo'), run: () => void table.undo() });
  }

  async function patchGuest(guest: string, body: { blocked?: boolean; trust?: Trust }): Promise<GuestAnswer | null> {
    const answer = await session.authed<GuestAnswer>(at(`/guests/${guest}`), { method: 'PATCH', body });
    if (failed(answer) || !answer.ok) return null;
    if (table) void table.refresh();
    return answer.data;
  }

  async function block(
    guest: { id: string; name: string | null },
    blocked: boolean,
    after?: () => void,
  ): Promise<void> {
    const answer = await patchGuest(guest.id, { blocked });
    if (!answer) return;
    if (after) after();
    const name = guest.name || d('unnamed');
    const words = blocked ? 'blockedToast' : 'unblockedToast';
    showToast(d(words, { name, count: answer.changed }), {
      label: d('undo'),
      run: () => void block(guest, !blocked, after),
    });
  }

  async function trust(guest: { id: string; name: string | null; trust: Trust }, to: Trust, after?: () => void) {
    if (!(await patchGuest(guest.id, { trust: to }))) return;
    if (after) after();
    const words = { auto: 'trustAutoToast', always: 'trustAlwaysToast', never: 'trustNeverToast' } as const;
    showToast(d(words[to], { name: guest.name || d('unnamed') }), {
      label: d('undo'),
      run: () => void trust({ ...guest, trust: to }, guest.trust, after),
    });
  }

  async function hold(message: string): Promise<boolean> {
    const body = message.trim() ? { message: message.trim() } : {};
    const answer = await session.authed<{ event: StaffEvent }>(at('/hold'), { method: 'POST', body });
    if (failed(answer) || !answer.ok) return false;
    onEvent(answer.data.event);
    return true;
  }

  async function release(): Promise<void> {
    const answer = await session.authed<{ event: StaffEvent }>(at('/release'), { method: 'POST', body: {} });
    if (failed(answer) || !answer.ok) return;
    onEvent(answer.data.event);
    showToast(d('releasedToast'), {
      label: d('undo'),
      run: () => void hold(event.held && event.held.message ? event.held.message : ''),
    });
  }

  async function intoAlbum(ids: readonly string[], album: string | null, name: string): Promise<void> {
    const before = new Map<string | null, string[]>();
    for (const id of ids) {
      const photo = table && table.photo(id);
      const was = (photo && photo.albumId) || null;
      before.set(was, (before.get(was) || []).concat(id));
    }
    const move = (to: string | null, some: readonly string[]) =>
      session.authed(at(`/albums/${to || 'none'}/photos`), { method: 'POST', body: { ids: some } });
    for (let from = 0; from < ids.length; from += 500) {
      if (failed(await move(album, ids.slice(from, from + 500)))) return;
    }
    if (!table) return;
    const put = (some: readonly string[], to: string | null) =>
      table.take(
        some
          .map(table.photo)
          .reduce<NonNullable<ReturnType<typeof table.photo>>[]>(
            (all, one) => (one ? all.concat({ ...one, albumId: to }) : all),
            [],
          ),
      );
    put(ids, album);
    showToast(d(album ? 'movedToast' : 'takenOutToast', { count: ids.length, name }), {
      label: d('undo'),
      run: () => {
        before.forEach((some, was) => void move(was, some).then((answer) => failed(answer) || put(some, was)));
      },
    });
  }

  /** Puts a photo alone on every wall for a minute, or ends that. */
  async function spotlight(photo: string | null): Promise<void> {
    const call = photo
      ? { method: 'POST' as const, body: { photoId: photo, seconds: SPOTLIGHT_SECONDS } }
      : { method: 'DELETE' as const };
    const answer = await askStage(session, event.id, 'spotlight', call);
    if (failed(answer) || !answer.ok) return;
    onEvent(withStage(event, answer.data.stage));
    if (photo) showToast(d('litToast'), { label: say.stage('end'), run: () => void spotlight(null) });
    else showToast(say.stage('isUnlit'));
  }

  return { decideAll, block, trust, hold, release, intoAlbum, spotlight };
}

export type Actions = ReturnType<typeof useActions>;
