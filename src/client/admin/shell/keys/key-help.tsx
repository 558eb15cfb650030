import { useState } from 'preact/hooks';
import { SwitchField } from '../../../shared/ui/choice.tsx';
import { useConsole } from '../console.tsx';
import { Dialog } from '../ui.tsx';
import { keysOf, registered, type Command } from './commands.ts';
import { keyCaps } from './key-rules.ts';
import { letterKeysAreOn, setLetterKeys } from './letter-keys.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys of a command as they are printed on them. */
export function Keys({ of }: { of: Pick<Command, 'keys'> }) {
  const { say } = useConsole();
  return (
    <span class="keycaps" dir="ltr">
      {keysOf(of).map((binding, place) => (
        <span key={binding}>
          {place > 0 && <span class="quiet small"> / </span>}
          {keyCaps(binding, isMac, { space: say.shell('spaceKey') }).map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** All keys of the page that is shown, and those that are there everywhere. */
export function KeyHelp({ close }: { close: () => void }) {
  const { say } = useConsole();
  const [isOn, setOn] = useState(letterKeysAreOn());
  const all = registered().filter((one) => keysOf(one).length > 0);
  const isJump = (one: (typeof all)[number]) => one.isShell && keysOf(one).some((keys) => keys.indexOf('g ') === 0);
  const sections = [
    { title: say.shell('keysHere'), list: all.filter((one) => !one.isShell) },
    { title: say.shell('keysGo'), list: all.filter(isJump) },
    { title: say.shell('keysEverywhere'), list: all.filter((one) => one.isShell && !isJump(one)) },
  ];
  return (
    <Dialog title={say.shell('keys')} onClose={close}>
      <div class="key-help">
        {sections
          .filter(({ list }) => list.length > 0)
          .map(({ title, list }) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl>
                {list.map((one) => (
                  <div key={one.id} class="key-row">
                    <dt>{one.label}</dt>
                    <dd>
                      <Keys of={one} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        <SwitchField
          name="letter-keys"
          label={say.shell('letterKeys')}
          hint={say.shell('letterKeysHint')}
          checked={isOn}
          onChange={(next) => {
            setLetterKeys(next);
            setOn(letterKeysAreOn());
          }}
        />
      </div>
    </Dialog>
  );
}
