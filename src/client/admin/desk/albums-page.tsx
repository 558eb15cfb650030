import { useState } from 'preact/hooks';
import './desk.css';
import type { Album } from '../../../contract/albums.ts';
import { eventPath, type Answer } from '../../shared/api.ts';
import { showToast, UNDO_MS } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SwitchField } from '../../shared/ui/choice.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Menu } from '../../shared/ui/menu.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Failure, Link, may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { Dialog, TextField } from '../shell/ui.tsx';
import { moveTo, placed } from './table/order-rules.ts';
import { useList } from './use-list.ts';

const NAME_MAX = 120;
/** As long as the way back is offered. */
const DELETE_AFTER_MS = UNDO_MS;

interface NameDialogProps {
  title: string;
  action: string;
  name: string;
  onSave: (name: string) => Promise<boolean>;
  onClose: () => void;
}

function NameDialog({ title, action, name: before, onSave, onClose }: NameDialogProps) {
  const { say, t } = useConsole();
  const [name, setName] = useState(before);
  const [isBusy, setBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (!name.trim() || isBusy) return;
    setBusy(true);
    const isDone = await onSave(name.trim());
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={save}>
        <TextField
          label={say.desk('albumName')}
          name="name"
          dir="auto"
          value={name}
          onInput={setName}
          maxLength={NAME_MAX}
        />
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            kind="main"
            type="submit"
            busy={isBusy}
            disabledReason={name.trim() ? null : say.desk('albumNeedsName')}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Albums of an event: made, named, put in order, and shown to guests one by one. */
export function AlbumsPage({ event }: EventPageProps) {
  const console = useConsole();
  const { boot, role, session, say, t } = console;
  const d = say.desk;
  const at = eventPath(event.id, '/albums');
  const list = useList<Album>(at);
  const [asking, setAsking] = useState<Album | 'new' | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const why = may(role, 'moderator') ? null : d('viewerOnly');
  useTitle(`${d('albums')} · ${event.name} · ${boot.tenant.name}`);
  const items = list.items || [];

  const succeeded = (answer: Answer<unknown>): boolean => {
    if (!answer.ok) {
      showToast(d('decideFailed', { reason: reasonOf(console, answer) }));
      list.load();
    }
    return answer.ok;
  };
  const create = async (name: string) => {
    const answer = await session.authed<{ album: Album }>(at, { method: 'POST', body: { name } });
    if (answer.ok) list.set((all) => all.concat(answer.data.album));
    return succeeded(answer);
  };
  const patch = async (album: Album, body: { name?: string; published?: boolean }) => {
    list.set((all) => all.map((one) => (one.id === album.id ? { ...one, ...body } : one)));
    return succeeded(await session.authed(`${at}/${album.id}`, { method: 'PATCH', body }));
  };
  const publish = async (album: Album, published: boolean) => {
    if (!(await patch(album, { published }))) return;
    showToast(d(published ? 'albumShown' : 'albumHidden', { name: album.name }), {
      label: d('undo'),
      run: () => void patch(album, { published: !published }),
    });
  };
  const order = async (ids: string[]) => {
    list.set((all) => placed(all, ids));
    succeeded(await session.authed(`${at}/order`, { method: 'POST', body: { ids } }));
  };
  const move = (album: Album, to: number) => {
    const ids = items.map(({ id }) => id);
    const next = moveTo(ids, album.id, to);
    if (next.join() === ids.join()) return;
    setSaid(d('albumMoved', { name: album.name, index: next.indexOf(album.id) + 1, total: next.length }));
    void order(next);
  };
  // Deleted for good once the way back has gone: which photos were in it could not be told afterwards.
  const remove = (album: Album) => {
    const before = items.map(({ id }) => id);
    list.set((all) => all.filter((one) => one.id !== album.id));
    const timer = setTimeout(
      () => void session.authed(`${at}/${album.id}`, { method: 'DELETE' }).then(succeeded),
      DELETE_AFTER_MS,
    );
    showToast(d('albumDeleted', { name: album.name }), {
      label: d('undo'),
      run() {
        clearTimeout(timer);
        list.set((all) => placed(all.concat(album), before));
      },
    });
  };

  return (
    <main class="page" id="main" tabIndex={-1}>
      <p class="said" role="status">
        {said}
      </p>
      <div class="page-head">
        <h1>{d('albums')}</h1>
        <Button kind="main" disabledReason={why} onClick={() => setAsking('new')} data-new-album>
          {d('newAlbum')}
        </Button>
      </div>
      {list.failure && !list.items && <Failure refusal={list.failure} again={list.load} />}
      {!list.items && !list.failure && <div class="skeleton desk-skeleton" aria-busy="true" />}
      {list.items && !items.length && <Empty title={d('noAlbums')} text={d('noAlbumsText')} />}
      {items.length > 0 && (
        <ol class="desk-list">
          {items.map((album, place) => (
            <li
              key={album.id}
              class={`desk-item album-row${over === album.id && dragged !== album.id ? ' album-over' : ''}`}
              draggable={why === null}
              onDragStart={() => setDragged(album.id)}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
              onDragOver={(drag) => {
                if (!dragged) return;
                drag.preventDefault();
                setOver(album.id);
              }}
              onDrop={(drop) => {
                drop.preventDefault();
                const moved = items.find(({ id }) => id === dragged);
                if (moved) move(moved, place);
              }}
              data-album={album.id}
            >
              <span class="album-order">
                <Button
                  kind="bare"
                  size="small"
                  aria-label={d('moveUp', { name: album.name })}
                  disabledReason={why || (place === 0 ? d('isFirst') : null)}
                  onClick={() => move(album, place - 1)}
                  data-up
                >
                  <span class="album-up">
                    <Icon name="down" />
                  </span>
                </Button>
                <Button
                  kind="bare"
                  size="small"
                  aria-label={d('moveDown', { name: album.name })}
                  disabledReason={why || (place === items.length - 1 ? d('isLast') : null)}
                  onClick={() => move(album, place + 1)}
                  data-down
                >
                  <Icon name="down" />
                </Button>
              </span>
              <div class="desk-item-words">
                <strong>
                  <bdi>{album.name}</bdi>
                </strong>
                <span class="small">
                  <Link to={`/admin/events/${event.slug}/photos?tab=approved&album=${album.id}`}>
                    {d('albumPhotos', { count: album.photos })}
                  </Link>
                </span>
              </div>
              <div class="desk-item-does">
                <SwitchField
                  label={d('shownToGuests')}
                  checked={album.published}
                  onChange={(published) => void publish(album, published)}
                  disabledReason={why}
                />
                <Menu
                  label={d('albumMenu', { name: album.name })}
                  items={[
                    { label: d('rename'), disabledReason: why, run: () => setAsking(album) },
                    { label: d('deleteAlbum'), kind: 'bad', disabledReason: why, run: () => remove(album) },
                  ]}
                />
              </div>
            </li>
          ))}
        </ol>
      )}
      {asking && (
        <NameDialog
          title={asking === 'new' ? d('newAlbum') : d('rename')}
          action={asking === 'new' ? d('create') : t('save')}
          name={asking === 'new' ? '' : asking.name}
          onSave={(name) => (asking === 'new' ? create(name) : patch(asking, { name }))}
          onClose={() => setAsking(null)}
        />
      )}
    </main>
  );
}
