import { showToast } from '../../../shared/toast.ts';
import { useConsole } from '../../shell/console.tsx';
import { useCommands, useKeys } from '../../shell/keys/commands.ts';
import { useLight } from '../spotlight/light.tsx';
import type { Actions } from '../table/actions.ts';
import type { Desk } from '../table/use-table.ts';

interface Own {
  zoom: () => void;
  hold: () => void;
  actions: Actions;
}

/** Everything on the desk by keyboard; the palette finds the same. */
export function useDeskKeys(desk: Desk, { zoom, hold, actions }: Own): void {
  const { say } = useConsole();
  const d = say.desk;
  const { table } = desk;
  const why = desk.mayJudge ? null : d('viewerOnly');
  const isRtl = document.documentElement.dir === 'rtl';
  const [forward, back] = isRtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  const light = useLight(desk, table.photo(table.current()), actions);
  useCommands([
    { id: 'desk.approve', label: d('approve'), keys: 'a', disabledReason: why, run: () => desk.decide('approved') },
    { id: 'desk.reject', label: d('reject'), keys: 'r', disabledReason: why, run: () => desk.decide('rejected') },
    { id: 'desk.undo', label: d('undo'), keys: ['z', 'mod+z'], disabledReason: why, run: () => desk.undo() },
    {
      id: 'desk.spotlight',
      label: light.label,
      keys: 's',
      disabledReason: light.disabledReason,
      run: light.run,
    },
    { id: 'desk.zoom', label: d('zoom'), keys: 'Space', run: zoom },
    { id: 'desk.all', label: d('selectAll'), keys: 'mod+a', run: () => table.selectAll() },
    {
      id: 'desk.hold',
      label: d(desk.event.held ? 'release' : 'hold'),
      disabledReason: why || (desk.event.stage.panic ? say.codes('event.panic') : null),
      run: hold,
    },
  ]);
  const toggle = () => {
    const id = table.current();
    if (id) table.select(id, 'toggle');
    else showToast(d('emptyPending'));
  };
  useKeys([
    { label: d('next'), keys: [forward as string, 'ArrowDown', 'j'], repeats: true, run: () => table.move(1) },
    { label: d('previous'), keys: [back as string, 'ArrowUp', 'k'], repeats: true, run: () => table.move(-1) },
    { label: d('selectNext'), keys: `Shift+${forward}`, repeats: true, run: () => table.move(1, true) },
    { label: d('selectPrevious'), keys: `Shift+${back}`, repeats: true, run: () => table.move(-1, true) },
    { label: d('select'), keys: 'x', run: toggle },
    { label: d('clearSelection'), keys: 'Escape', run: () => table.clearSelection() },
  ]);
}
