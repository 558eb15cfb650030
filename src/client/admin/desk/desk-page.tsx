import { useEffect, useState } from 'preact/hooks';
import './desk.css';
import { Failure, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { useShell } from '../shell/use-shell.ts';
import { useActions } from './table/actions.ts';
import type { AlbumName } from './table/desk-photo.ts';
import { useTable } from './table/use-table.ts';
import { DeskView } from './view/desk-view.tsx';
import { PhoneView } from './view/phone-view.tsx';

const WIDE = '(min-width: 900px)';

function useIsWide(): boolean {
  const [isWide, setWide] = useState(window.matchMedia(WIDE).matches);
  useEffect(() => {
    const query = window.matchMedia(WIDE);
    const read = () => setWide(query.matches);
    // Safari has had addEventListener on these since 14 only.
    query.addListener(read);
    return () => query.removeListener(read);
  }, []);
  return isWide;
}

/** Names of the albums: what a photo is in, and where it can be moved. */
function useAlbums(event: string): AlbumName[] {
  const { session } = useConsole();
  const [albums, setAlbums] = useState<AlbumName[]>([]);
  useEffect(() => {
    void session
      .authed<{ items: AlbumName[] }>(`/api/v1/events/${event}/albums`)
      .then((answer) => answer.ok && setAlbums(answer.data.items));
  }, [event]);
  return albums;
}

/** Moderation: a light table on a desk, one photo after the other on a phone. */
export function DeskPage(props: EventPageProps) {
  const { boot, say } = useConsole();
  const desk = useTable(props);
  const actions = useActions(props.event, props.onEvent, desk && desk.table);
  const albums = useAlbums(props.event.id);
  const isWide = useIsWide();
  useTitle(`${say.desk('title')} · ${props.event.name} · ${boot.tenant.name}`);
  // The desk hears of every photo itself: the numbers beside the links are its own, at once.
  const counts = desk && desk.table.counts();
  useShell(counts ? { counts: { pending: counts.pending ?? null, reported: counts.reported ?? null } } : {});
  if (!desk) return <main class="desk" id="main" tabIndex={-1} aria-busy="true" />;
  const { table } = desk;
  const failure = table.failure();
  if (failure && table.list().cursor === undefined && failure.status !== 0) {
    return (
      <main class="page" id="main" tabIndex={-1}>
        <Failure refusal={failure} again={() => void table.reload()} />
      </main>
    );
  }
  const View = isWide ? DeskView : PhoneView;
  return <View desk={desk} actions={actions} albums={albums} />;
}
