import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { StaffPhoto } from '../../../contract/photos.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Failure, useConsole } from '../shell/console.tsx';
import { LinkButton, TextField } from '../shell/ui.tsx';
import { useList } from '../desk/use-list.ts';
import { useEventLine } from '../shell/event-line.ts';
import { keepPhotos } from './use-photo.ts';

const PAGE = 24;
const TYPING_MS = 300;

interface Props {
  event: { id: string; slug: string };
  chosen: string | null;
  /** the one that is in the spotlight now */
  lit: string | null;
  onChoose: (photo: StaffPhoto) => void;
  /** what can be done with the choice; not where there is nothing to choose */
  children: ComponentChildren;
}

/** Published photos, newest first, to choose one of: one stop for the Tab key, and arrows. */
export function PhotoPicker({ event, chosen, lit, onChoose, children }: Props) {
  const { say, t } = useConsole();
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const search = query ? `&q=${encodeURIComponent(query)}` : '';
  const path = `/api/v1/photos?event=${encodeURIComponent(event.id)}&status=approved&limit=${PAGE}${search}`;
  const list = useList<StaffPhoto>(path);
  const { items } = list;
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  if (items) keepPhotos(items);
  useEventLine((frame) => {
    if (frame.type === 'photo.removed') list.set((all) => all.filter(({ id }) => id !== frame.id));
    // Under a thumb nothing moves: a new one is put before the others only while nobody has gone further.
    if (frame.type !== 'photo.decided' || frame.photo.status !== 'approved' || query) return;
    list.set((all) =>
      all.length > PAGE || all.some(({ id }) => id === frame.photo.id) ? all : [frame.photo as StaffPhoto].concat(all),
    );
  });
  const nameOf = (photo: StaffPhoto) =>
    photo.caption || say.desk(photo.kind === 'video' ? 'videoOf' : 'photoOf', { name: photo.by || t('unnamed') });
  const isEmpty = items !== null && items.length === 0;

  if (isEmpty && !query) {
    return (
      <div class="onwall-none">
        <p>
          <strong>{say.stage('noPhotos')}</strong>
        </p>
        <p class="quiet">{say.stage('noPhotosText')}</p>
        <LinkButton to={`/admin/events/${event.slug}/photos`}>{say.shell('toPhotos')}</LinkButton>
      </div>
    );
  }
  return (
    <div class="stack">
      <TextField
        label={say.stage('searchPhotos')}
        name="q"
        type="search"
        value={typed}
        onInput={setTyped}
        autocomplete="off"
        maxLength={100}
      />
      {list.failure && !items && <Failure refusal={list.failure} again={list.load} />}
      {!items && !list.failure && <div class="skeleton onwall-picker-skeleton" aria-busy="true" />}
      {isEmpty && <p class="quiet">{say.desk('emptyFilter')}</p>}
      {items && items.length > 0 && (
        <div class="onwall-picker" role="radiogroup" aria-label={say.stage('choosePhoto')}>
          {items.map((photo) => {
            const small = photo.renditions[0];
            return (
              <label key={photo.id} class="onwall-photo" title={nameOf(photo)}>
                <input
                  type="radio"
                  name="photo"
                  value={photo.id}
                  checked={photo.id === chosen}
                  onChange={() => onChoose(photo)}
                />
                {small ? (
                  <img src={small.url} alt={nameOf(photo)} loading="lazy" decoding="async" />
                ) : (
                  <span class="small">{nameOf(photo)}</span>
                )}
                <span class="onwall-photo-frame" />
                {photo.id === lit && (
                  <span class="onwall-photo-lit" title={say.stage('lit')}>
                    <Icon name="sun" />
                    <span class="said">{say.stage('lit')}</span>
                  </span>
                )}
              </label>
            );
          })}
        </div>
      )}
      {list.hasMore && (
        <p>
          <Button size="small" onClick={list.more}>
            {t('loadMore')}
          </Button>
        </p>
      )}
      {children}
    </div>
  );
}
