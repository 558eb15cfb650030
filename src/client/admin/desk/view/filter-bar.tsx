import { Menu, type MenuItem } from '../../../shared/ui/menu.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useConsole } from '../../shell/console.tsx';
import type { AlbumName, DeskPhoto } from '../table/desk-photo.ts';
import { isFiltered, withoutFilter, type FilterName, type Filters } from '../table/view-rules.ts';
import type { Desk } from '../table/use-table.ts';
import { isolated } from './parts.tsx';

interface Props {
  desk: Desk;
  photo: DeskPhoto | undefined;
  albums: readonly AlbumName[];
}

/** What the list is narrowed down to, each with its way out, and what else it can be narrowed down to. */
export function FilterBar({ desk, photo, albums }: Props) {
  const { say } = useConsole();
  const d = say.desk;
  const view = desk.table.view();
  const { filters } = view;
  const add = (more: Filters) => desk.show({ ...view, filters: { ...filters, ...more } });
  const table = photo && photo.guest && photo.guest.table;
  const words = (name: FilterName): string => {
    if (name === 'guest') {
      const theirs = photo && photo.guestId === filters.guest ? photo.by || d('unnamed') : '';
      return theirs ? d('chipGuest', { name: isolated(theirs) }) : d('chipOneGuest');
    }
    if (name === 'table')
      return d('chipTable', { name: table && table.code === filters.table ? table.label : filters.table || '' });
    if (name === 'album') {
      const album = albums.find((one) => one.id === filters.album);
      return d('chipAlbum', { name: album ? album.name : '' });
    }
    if (name === 'flag') return d(filters.flag === 'words_held' ? 'filterHeld' : 'filterHidden');
    return d(name === 'reported' ? 'filterReported' : 'filterDuplicates');
  };
  const items: MenuItem[] = [];
  if (photo && !filters.guest) {
    items.push({ label: d('chipGuest', { name: photo.by || d('unnamed') }), run: () => add({ guest: photo.guestId }) });
  }
  if (table && !filters.table)
    items.push({ label: d('chipTable', { name: table.label }), run: () => add({ table: table.code }) });
  items.push(
    { label: d('filterReported'), run: () => add({ reported: true }) },
    { label: d('filterHeld'), run: () => add({ flag: 'words_held' }) },
    { label: d('filterHidden'), run: () => add({ flag: 'words_hidden' }) },
    { label: d('filterDuplicates'), run: () => add({ duplicates: true }) },
  );
  for (const album of albums)
    items.push({ label: d('chipAlbum', { name: album.name }), run: () => add({ album: album.id }) });
  return (
    <div class="filters">
      {isFiltered(view) && (
        <ul class="chips" aria-label={d('filters')}>
          {(Object.keys(filters) as FilterName[]).map((name) => (
            <li key={name}>
              <button
                type="button"
                class="chip"
                aria-label={d('removeFilter', { name: words(name) })}
                onClick={() => desk.show(withoutFilter(view, name), desk.table.current())}
                data-chip={name}
              >
                <bdi>{words(name)}</bdi>
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Menu label={d('filter')} items={items}>
        {d('filter')}
      </Menu>
    </div>
  );
}
