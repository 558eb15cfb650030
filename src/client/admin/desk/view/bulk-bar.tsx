import { Button } from '../../../shared/ui/button.tsx';
import { Menu } from '../../../shared/ui/menu.tsx';
import { useConsole } from '../../shell/console.tsx';
import type { Actions } from '../table/actions.ts';
import type { AlbumName } from '../table/desk-photo.ts';
import type { Desk } from '../table/use-table.ts';

interface Props {
  desk: Desk;
  actions: Actions;
  albums: readonly AlbumName[];
}

/** What can be done with the selected photos. */
export function BulkBar({ desk, actions, albums }: Props) {
  const { t, say } = useConsole();
  const d = say.desk;
  const { table } = desk;
  const count = table.selection().size;
  if (!count) return null;
  const why = desk.mayJudge ? null : d('viewerOnly');
  const ids = () => Array.from(table.selection());
  return (
    <div class="bulk" role="toolbar" aria-label={d('selected', { count })}>
      <strong class="bulk-count">{d('selected', { count })}</strong>
      <Button size="small" kind="bad" disabledReason={why} onClick={() => desk.decide('rejected')} data-bulk="rejected">
        {d('reject')}
      </Button>
      <Button
        size="small"
        kind="main"
        disabledReason={why}
        onClick={() => desk.decide('approved')}
        data-bulk="approved"
      >
        {d('approve')}
      </Button>
      <Menu
        label={d('moveToAlbum')}
        items={albums
          .map(({ id, name }) => ({
            label: name,
            run: () => void actions.intoAlbum(ids(), id, name),
            disabledReason: why,
          }))
          .concat({ label: d('noAlbum'), run: () => void actions.intoAlbum(ids(), null, ''), disabledReason: why })}
      >
        {d('moveToAlbum')}
      </Menu>
      <Button size="small" kind="bare" onClick={() => table.clearSelection()}>
        {t('cancel')}
      </Button>
    </div>
  );
}
