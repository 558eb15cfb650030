import { useRef, useState } from 'preact/hooks';
import type { ErrorCode } from '../../../contract/errors.ts';
import { LOGO_TYPES } from '../../../contract/theme/logo.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { useUid } from '../../shared/ui/uid.ts';
import { useConsole } from '../shell/console.tsx';
import { logoRefusal, type DraftLogo } from './look-rules.ts';

export interface LogoFieldProps {
  logo: DraftLogo;
  onChange: (logo: DraftLogo) => void;
}

/** Chosen, dropped or taken away; nothing is sent before the look is saved. */
export function LogoField({ logo, onChange }: LogoFieldProps) {
  const { boot, say } = useConsole();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [refused, setRefused] = useState<ErrorCode | null>(null);
  const id = useUid();

  const take = (file: File | null | undefined) => {
    if (!file) return;
    const code = logoRefusal(file);
    if (code) return setRefused(code);
    const url = URL.createObjectURL(file);
    const picture = new Image();
    // A damaged file is noticed here, before anything is sent.
    picture.onerror = () => setRefused('logo.unsupported');
    picture.onload = () => {
      setRefused(null);
      onChange({ kind: 'new', url, bytes: file });
    };
    picture.src = url;
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer && event.dataTransfer.files[0]);
  };
  const onChosen = () => {
    if (!input.current) return;
    take(input.current.files && input.current.files[0]);
    input.current.value = '';
  };

  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{say.look('logo')}</h2>
      <p>{say.look('logoHint')}</p>
      <div
        class={isOver ? 'look-drop look-drop-over' : 'look-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        data-drop
      >
        {logo.kind === 'none' ? (
          <span class="quiet">{say.look('logoNone')}</span>
        ) : (
          <span class="look-logo">
            <img src={logo.url} alt={say.look('logoOf', { tenant: boot.tenant.name })} />
          </span>
        )}
        <span class="row-wrap">
          <Button size="small" onClick={() => input.current && input.current.click()}>
            <Icon name="upload" /> {say.look(logo.kind === 'none' ? 'logoChoose' : 'logoReplace')}
          </Button>
          {logo.kind !== 'none' && (
            <Button
              kind="bare"
              size="small"
              onClick={() => {
                setRefused(null);
                onChange({ kind: 'none' });
              }}
            >
              {say.look('logoRemove')}
            </Button>
          )}
          <span class="quiet small look-drop-words">{say.look('logoDrop')}</span>
        </span>
        <input ref={input} type="file" accept={LOGO_TYPES.join(',')} hidden onChange={onChosen} data-logo-file />
      </div>
      {refused && (
        <p class="field-error look-error" role="alert">
          {say.codes(refused)}
        </p>
      )}
    </section>
  );
}
