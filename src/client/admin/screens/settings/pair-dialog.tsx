import { useState } from 'preact/hooks';
import type { KioskLinkAnswer, KioskLinkCreate } from '../../../../contract/kiosk-links.ts';
import type { Screen, ScreenCreate } from '../../../../contract/screens.ts';
import type { Refusal } from '../../../shared/api.ts';
import { showToast } from '../../../shared/toast.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Notice } from '../../../shared/ui/states.tsx';
import { Tabs } from '../../../shared/ui/tabs.tsx';
import { reasonOf, useConsole } from '../../shell/console.tsx';
import { Dialog, LinkButton, TextField } from '../../shell/ui.tsx';
import { LinkReady } from '../links/link-ready.tsx';
import { CODE_LENGTH, layoutOf, likelyEvent, newScreen, problemsOf, tidyCode } from '../screen-rules.ts';
import type { Places } from './fields.ts';
import { Preview } from './preview.tsx';
import { ScreenFields } from './screen-fields.tsx';

interface Props {
  /** as far as it is known */
  code: string;
  places: Places;
  onPaired: () => void;
  /** a link was made */
  onLinked: () => void;
  onClose: () => void;
}

type Way = 'code' | 'link';

/** Where screens show their codes. */
export const pairAddress = (): string => `${location.host}/pair`;

/** Makes the television that shows a code a screen of this account, or a link that makes the device that opens it one. */
export function PairDialog({ code: given, places, onPaired, onLinked, onClose }: Props) {
  const console = useConsole();
  const { say, session, t } = console;
  const first = likelyEvent(places.events, Date.now());
  const [way, setWay] = useState<Way>('code');
  const [made, setMade] = useState<KioskLinkAnswer | null>(null);
  const [code, setCode] = useState(given);
  const [form, setForm] = useState(() => newScreen(first ? first.id : ''));
  const [isTried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const problems = problemsOf(form);
  const isWhole = code.length === CODE_LENGTH;

  const send = async (submitted: Event) => {
    submitted.preventDefault();
    setTried(true);
    setRefusal(null);
    if (busy || problems.length > 0 || (way === 'code' && !isWhole)) return;
    setBusy(true);
    const body: Omit<KioskLinkCreate & ScreenCreate, 'kind' | 'code'> = {
      name: form.name.trim(),
      event: form.event,
      ...(form.siteId ? { siteId: form.siteId } : {}),
      layout: layoutOf(form),
    };
    if (way === 'link') {
      const answer = await session.authed<KioskLinkAnswer>('/api/v1/screens/links', { method: 'POST', body });
      setBusy(false);
      if (!answer.ok) return setRefusal(answer);
      setMade(answer.data);
      return onLinked();
    }
    const answer = await session.authed<{ screen: Screen }>('/api/v1/screens', {
      method: 'POST',
      body: { ...body, code },
    });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer);
    showToast(say.screens('isPaired', { name: answer.data.screen.name }));
    onPaired();
  };

  const reason =
    refusal &&
    (refusal.code === 'rate.limited' && way === 'code' ? say.screens('tooManyTries') : reasonOf(console, refusal));
  const isOfCode =
    way === 'code' && refusal !== null && (refusal.code === 'screen.code_unknown' || refusal.code === 'rate.limited');
  const short = isTried && !isWhole ? say.screens('codeShort') : null;

  if (made) return <LinkReady answer={made} onClose={onClose} />;
  if (!first) {
    return (
      <Dialog title={say.screens('pair')} onClose={onClose}>
        <div class="stack">
          <p>{say.screens('needsEvent')}</p>
          <div class="panel-foot">
            <LinkButton kind="main" to="/admin/events/new">
              {say.events('newEvent')}
            </LinkButton>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={say.screens('pair')} onClose={onClose} wide>
      <form class="settings" noValidate onSubmit={(submitted) => void send(submitted)}>
        <Preview form={form} places={places} />
        <div class="settings-fields">
          <div class="stack">
            <Tabs
              label={say.screens('howToPair')}
              items={[
                { id: 'code', label: say.screens('byCode') },
                { id: 'link', label: say.screens('byLink') },
              ]}
              value={way}
              onChange={(next: Way) => {
                setWay(next);
                setRefusal(null);
              }}
            />
            {way === 'link' ? (
              <p class="quiet">{say.screens('linkText')}</p>
            ) : (
              <div class="screen-code">
                <TextField
                  label={say.screens('code')}
                  name="code"
                  value={code}
                  onInput={(typed) => {
                    setCode(tidyCode(typed));
                    setRefusal(null);
                  }}
                  hint={say.screens('codeHint', { address: pairAddress() })}
                  error={short || (isOfCode ? reason : null)}
                  dir="ltr"
                  autocomplete="off"
                  autoFocus={!given}
                />
              </div>
            )}
          </div>
          <ScreenFields form={form} onChange={setForm} places={places} problems={isTried ? problems : []} />
          {reason && !isOfCode && (
            <Notice tone="bad" role="alert">
              {reason}
            </Notice>
          )}
        </div>
        <div class="panel-foot settings-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" type="submit" busy={busy}>
            {say.screens(way === 'link' ? 'makeLink' : 'pair')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
