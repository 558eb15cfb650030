import { useState } from 'preact/hooks';
import { showToast } from '../shared/toast.ts';
import { Button, LinkButton } from '../shared/ui/button.tsx';
import { ConfirmName } from '../shared/ui/confirm-name.tsx';
import { Dialog, Sheet } from '../shared/ui/dialog.tsx';
import { TextField } from '../shared/ui/field.tsx';
import { Icon } from '../shared/ui/icon.tsx';
import { Menu } from '../shared/ui/menu.tsx';
import { Section, type SampleProps } from './section.tsx';

const KINDS = ['main', 'quiet', 'bad', 'bare'] as const;

function Overlays({ t, desk }: SampleProps) {
  const [shown, show] = useState<'dialog' | 'sheet' | 'confirm' | null>(null);
  const [name, setName] = useState('Summer party');
  const close = () => show(null);
  return (
    <Section title="Dialog, sheet, menu, toast">
      <div class="row-wrap">
        <Button onClick={() => show('dialog')}>Dialog</Button>
        <Button onClick={() => show('sheet')}>Sheet</Button>
        <Button kind="bad" onClick={() => show('confirm')}>
          Confirm by name
        </Button>
        <Menu
          label={t('more')}
          items={[
            { label: t('edit'), run: () => showToast(t('edit')) },
            { label: t('copy'), run: () => showToast(t('copied')) },
            { label: t('add'), run: () => {}, disabledReason: t('viewerOnly') },
            { label: t('delete'), kind: 'bad', run: () => show('confirm') },
          ]}
        />
        <Button onClick={() => showToast(t('undone'))}>Toast</Button>
        <Button onClick={() => showToast(t('approvedToast'), { label: t('undo'), run: () => showToast(t('undone')) })}>
          Toast with undo
        </Button>
      </div>
      {shown === 'dialog' && (
        <Dialog
          title={t('edit')}
          closeLabel={t('close')}
          onClose={close}
          footer={
            <>
              <Button onClick={close}>{t('cancel')}</Button>
              <Button kind="main" onClick={close}>
                {t('save')}
              </Button>
            </>
          }
        >
          <TextField label={desk('unnamed')} name="dialog-name" value={name} onInput={setName} autoFocus />
        </Dialog>
      )}
      {shown === 'sheet' && (
        <Sheet title={t('events')} closeLabel={t('close')} onClose={close}>
          <p>{t('noEventsText')}</p>
        </Sheet>
      )}
      {shown === 'confirm' && (
        <ConfirmName
          title={t('delete')}
          text={t('notFoundText')}
          name="Summer party"
          action={t('delete')}
          words={{ close: t('close'), cancel: t('cancel'), typeName: t('typeName') }}
          onConfirm={close}
          onClose={close}
        />
      )}
    </Section>
  );
}

export function Actions({ t, desk }: SampleProps) {
  return (
    <>
      <Section title="Buttons">
        <div class="stack">
          {(['normal', 'small'] as const).map((size) => (
            <div key={size} class="row-wrap">
              {KINDS.map((kind) => (
                <Button key={kind} kind={kind} size={size}>
                  {t(kind === 'bad' ? 'delete' : kind === 'main' ? 'save' : 'edit')}
                </Button>
              ))}
              <Button kind="main" size={size} busy>
                {t('save')}
              </Button>
              <Button kind="main" size={size} disabledReason={t('viewerOnly')}>
                {t('approve')}
              </Button>
              <Button size={size} disabledReason={t('viewerOnly')}>
                {t('reject')}
              </Button>
              <Button size={size}>
                <Icon name="add" /> {t('add')}
              </Button>
              <LinkButton size={size} href="/design">
                {t('openGallery')}
              </LinkButton>
            </div>
          ))}
          <Button kind="main" wide>
            {t('signIn')}
          </Button>
        </div>
      </Section>
      <Overlays t={t} desk={desk} />
    </>
  );
}
