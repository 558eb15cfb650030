import { useState } from 'preact/hooks';
import type { AccountAnswer, AccountPatch } from '../../../contract/account.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { useLeaveGuard } from '../shell/leave.tsx';
import { TextField } from '../shell/ui.tsx';
import { isEmail, isLink } from './account-rules.ts';

const NAME_MAX_LENGTH = 200;
const LINK_MAX_LENGTH = 500;
const EMAIL_MAX_LENGTH = 254;

type Values = Record<'name' | 'imprint' | 'privacyUrl' | 'supportEmail', string>;
type Tenant = AccountAnswer['tenant'];

const valuesOf = ({ name, imprint, privacyUrl, supportEmail }: Tenant): Values => ({
  name,
  imprint: imprint || '',
  privacyUrl: privacyUrl || '',
  supportEmail: supportEmail || '',
});

interface Props {
  tenant: Tenant;
  onSaved: (answer: AccountAnswer) => void;
}

export function AccountForm({ tenant, onSaved }: Props) {
  const console = useConsole();
  const { role, say, session, t } = console;
  const saved = valuesOf(tenant);
  const [values, setValues] = useState(saved);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const mayChange = may(role, 'admin');
  const changed = (Object.keys(saved) as (keyof Values)[]).filter((key) => values[key].trim() !== saved[key]);
  useLeaveGuard(changed.length > 0);

  const wrong: Record<keyof Values, string | null> = {
    name: values.name.trim() ? null : say.people('nameInvalid'),
    imprint: isLink(values.imprint) ? null : say.people('linkInvalid'),
    privacyUrl: isLink(values.privacyUrl) ? null : say.people('linkInvalid'),
    supportEmail: isEmail(values.supportEmail) ? null : say.people('emailInvalid'),
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (isBusy || !mayChange || changed.length === 0) return;
    setTried(true);
    setFailure(null);
    if (changed.some((key) => wrong[key])) return;
    setBusy(true);
    const body = Object.fromEntries(changed.map((key) => [key, values[key].trim() || null])) as AccountPatch;
    const answer = await session.authed<AccountAnswer>('/api/v1/tenant', { method: 'PATCH', body });
    setBusy(false);
    if (!answer.ok) {
      const field = answer.problem && answer.problem.errors && answer.problem.errors[0];
      const isLinkField = field && /imprint|privacyUrl/.test(field.path);
      return setFailure(isLinkField ? say.people('linkInvalid') : reasonOf(console, answer));
    }
    onSaved(answer.data);
    setValues(valuesOf(answer.data.tenant));
    setTried(false);
    showToast(say.people('saved'));
  };
  const field = (key: keyof Values) => ({
    name: key,
    value: values[key],
    onInput: (value: string) => setValues({ ...values, [key]: value }),
    error: isTried ? wrong[key] : null,
    readOnly: !mayChange,
    autocomplete: 'off',
  });
  return (
    <section class="section column" aria-labelledby="settings-title">
      <h2 id="settings-title">{say.people('settingsTitle')}</h2>
      <p>{say.people('settingsText')}</p>
      <form class="stack" onSubmit={(event) => void save(event)} noValidate>
        <TextField {...field('name')} label={say.people('accountName')} maxLength={NAME_MAX_LENGTH} />
        <TextField
          {...field('imprint')}
          label={say.people('imprint')}
          hint={say.people('linkHint')}
          type="url"
          dir="ltr"
          maxLength={LINK_MAX_LENGTH}
          optional
        />
        <TextField
          {...field('privacyUrl')}
          label={say.people('privacy')}
          hint={say.people('linkHint')}
          type="url"
          dir="ltr"
          maxLength={LINK_MAX_LENGTH}
          optional
        />
        <TextField
          {...field('supportEmail')}
          label={say.people('support')}
          type="email"
          dir="ltr"
          maxLength={EMAIL_MAX_LENGTH}
          optional
        />
        {failure && (
          <Notice tone="bad" role="alert">
            {failure}
          </Notice>
        )}
        <div>
          <Button kind="main" type="submit" busy={isBusy} disabledReason={mayChange ? null : say.people('adminsOnly')}>
            {t('save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
