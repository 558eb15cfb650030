import { Button } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useConsole } from '../../shell/console.tsx';
import type { Actions } from '../table/actions.ts';
import type { DeskPhoto } from '../table/desk-photo.ts';
import type { Desk } from '../table/use-table.ts';
import { Key } from '../view/parts.tsx';

interface Light {
  label: string;
  isLit: boolean;
  disabledReason: string | null;
  run: () => void;
}

/** What the spotlight can do with the photo in hand: show it alone on every wall, or let go of it. */
export function useLight(desk: Desk, photo: DeskPhoto | undefined, actions: Actions): Light {
  const { say } = useConsole();
  const isLit = photo !== undefined && desk.lit === photo.id;
  const isPublished = photo !== undefined && photo.status === 'approved';
  return {
    label: say.stage(isLit ? 'endSpotlight' : 'putInSpotlight'),
    isLit,
    disabledReason: !desk.mayJudge ? say.desk('viewerOnly') : isLit || isPublished ? null : say.desk('lightPublished'),
    run: () => void actions.spotlight(isLit || !photo ? null : photo.id),
  };
}

/** Beside what is known of a published photo. */
export function LightButton({ desk, photo, actions }: { desk: Desk; photo: DeskPhoto; actions: Actions }) {
  const light = useLight(desk, photo, actions);
  if (photo.status !== 'approved' && !light.isLit) return null;
  return (
    <Button size="small" disabledReason={light.disabledReason} onClick={light.run} data-light={light.isLit}>
      {light.label} <Key>S</Key>
    </Button>
  );
}

/** On the photo itself, while walls show it alone. */
export function LitMark({ desk, photo }: { desk: Desk; photo: DeskPhoto }) {
  const { say } = useConsole();
  if (desk.lit !== photo.id) return null;
  return (
    <p class="stage-lit badge badge-good" data-lit={photo.id}>
      <Icon name="sun" />
      {say.stage('lit')}
    </p>
  );
}
