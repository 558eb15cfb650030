import { useState } from 'preact/hooks';
import { DataTable } from '../shared/ui/data-table.tsx';
import { Menu } from '../shared/ui/menu.tsx';
import { Avatar, Badge, Progress } from '../shared/ui/signs.tsx';
import { Empty } from '../shared/ui/states.tsx';
import { Tabs } from '../shared/ui/tabs.tsx';
import { NAMES, Section, type SampleProps } from './section.tsx';

const TONES = ['plain', 'good', 'wait', 'bad'] as const;

export function Lists({ t, desk }: SampleProps) {
  const [tab, setTab] = useState<'pending' | 'approved' | 'rejected' | 'failed'>('pending');
  const rows = NAMES.map((name, place) => ({ name, place, photos: (place * 137) % 1000 }));
  const words = { plain: t('statusDraft'), good: t('statusLive'), wait: t('tabPending'), bad: t('tabFailed') };
  return (
    <>
      <Section title="Tabs, table, avatar, badge, progress">
        <div class="stack">
          <Tabs
            label={t('strip')}
            items={[
              { id: 'pending', label: t('tabPending'), count: 128 },
              { id: 'approved', label: t('tabApproved'), count: 1_204 },
              { id: 'rejected', label: t('tabRejected'), count: 0 },
              { id: 'failed', label: t('tabFailed') },
            ]}
            value={tab}
            onChange={setTab}
          />
          <DataTable
            caption={desk('unnamed')}
            rows={rows}
            rowKey={(row) => row.name}
            empty={<Empty title={t('noEvents')} />}
            columns={[
              {
                key: 'name',
                label: desk('unnamed'),
                render: (row) => (
                  <span class="name-cell">
                    <Avatar name={row.name} /> <bdi>{row.name}</bdi>
                  </span>
                ),
              },
              {
                key: 'status',
                label: t('reason'),
                render: (row) => {
                  const tone = TONES[row.place % TONES.length] || 'plain';
                  return <Badge tone={tone}>{words[tone]}</Badge>;
                },
              },
              { key: 'photos', label: t('strip'), align: 'end' },
              {
                key: 'more',
                label: t('more'),
                isLabelHidden: true,
                align: 'end',
                render: () => <Menu label={t('more')} items={[{ label: t('edit'), run: () => {} }]} />,
              },
            ]}
          />
          <div class="row-wrap">
            {TONES.map((tone) => (
              <Badge key={tone} tone={tone}>
                {words[tone]}
              </Badge>
            ))}
            {NAMES.map((name) => (
              <Avatar key={name} name={name} size="small" />
            ))}
          </div>
          <Progress label={t('loading')} value={0} max={20} />
          <Progress label={t('loading')} value={7} max={20} />
          <Progress label={t('loading')} value={20} max={20} />
        </div>
      </Section>
    </>
  );
}
