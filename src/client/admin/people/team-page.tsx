import { useState } from 'preact/hooks';
import type { Member, MemberPatch } from '../../../contract/members.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx';
import { Avatar, Badge } from '../../shared/ui/signs.tsx';
import { Skeleton } from '../../shared/ui/states.tsx';
import { Failure, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import { ConfirmName } from '../shell/ui.tsx';
import { Day } from './parts.tsx';
import './people.css';
import { RolesTable } from './roles-table.tsx';
import { ROLE_WORDS, ROLES, whyNot } from './team-rules.ts';
import { useList } from './use-load.ts';

const STATUS = {
  active: ['statusActive', 'good'],
  invited: ['statusInvited', 'wait'],
  suspended: ['statusSuspended', 'bad'],
} as const;

const nameOf = ({ name, email }: Pick<Member, 'name' | 'email'>): string => name || email;

/** Everybody with access to the account, and what each role may do. */
export function TeamPage() {
  const console = useConsole();
  useTitle(`${console.say.people('teamTitle')} · ${console.boot.tenant.name}`);
  const { role, say, session, t, user } = console;
  const { data, refusal, load, change: keep, more } = useList<Member>('/api/v1/members');
  const [removing, setRemoving] = useState<Member | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const team = data ? data.items : [];
  const viewer = { id: user ? user.id : '', role };

  const putBack = (member: Member) =>
    keep((now) => ({ ...now, items: now.items.map((one) => (one.id === member.id ? member : one)) }));

  const change = async (member: Member, patch: MemberPatch, said: string, isUndo = false) => {
    const answer = await session.authed<{ member: Member }>(`/api/v1/members/${member.id}`, {
      method: 'PATCH',
      body: patch,
    });
    if (!answer.ok) return showToast(t('decideFailed', { reason: reasonOf(console, answer) }));
    putBack(answer.data.member);
    // What one changes of oneself changes what this page offers.
    if (member.id === viewer.id) void session.refresh();
    const before: MemberPatch = {
      ...(patch.role ? { role: member.role } : {}),
      ...(patch.status && member.status !== 'invited' ? { status: member.status } : {}),
    };
    const isOwnStep = member.id === viewer.id;
    if (isUndo || isOwnStep) return showToast(said);
    showToast(said, {
      label: t('undo'),
      run: () => void change(answer.data.member, before, t('undone'), true),
    });
  };

  const remove = async (member: Member) => {
    setBusy(true);
    const answer = await session.authed(`/api/v1/members/${member.id}`, { method: 'DELETE' });
    setBusy(false);
    if (!answer.ok) return setError(reasonOf(console, answer));
    setRemoving(null);
    showToast(say.people('isRemoved', { name: nameOf(member) }));
    await load();
  };

  const itemsFor = (member: Member): MenuItem[] => {
    const why = (patch: MemberPatch | null) => {
      const reason = whyNot(viewer, member, patch, team);
      return reason && say.people(reason);
    };
    const name = nameOf(member);
    const isSuspended = member.status === 'suspended';
    const patch: MemberPatch = { status: isSuspended ? 'active' : 'suspended' };
    return [
      ...ROLES.map((wanted): MenuItem => {
        const word = say.people(ROLE_WORDS[wanted]);
        return {
          label: say.people('giveRole', { role: word }),
          disabledReason: why({ role: wanted }),
          run: () => void change(member, { role: wanted }, say.people('roleGiven', { name, role: word })),
        };
      }),
      {
        label: say.people(isSuspended ? 'reactivate' : 'suspend'),
        disabledReason: why(patch),
        run: () => void change(member, patch, say.people(isSuspended ? 'isBack' : 'isSuspended', { name })),
      },
      {
        label: say.people('removePerson'),
        kind: 'bad',
        disabledReason: why(null),
        run: () => {
          setError(null);
          setRemoving(member);
        },
      },
    ];
  };

  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <div>
          <h1>{say.people('teamTitle')}</h1>
          <p class="quiet">{say.people('teamText')}</p>
        </div>
      </div>
      <div class="stack stack-wide">
        {refusal && !data && <Failure refusal={refusal} again={() => void load()} />}
        {!data && !refusal && <Skeleton height="320px" />}
        {data && (
          <div class="stack">
            <DataTable
              caption={say.people('teamTitle')}
              rows={team}
              rowKey={({ id }) => id}
              empty={null}
              columns={[
                {
                  key: 'person',
                  label: say.people('person'),
                  render: (member) => (
                    <span class="team-person" data-member={member.email}>
                      <Avatar name={nameOf(member)} />
                      <span>
                        <bdi class="team-person-name">{nameOf(member)}</bdi>
                        <bdi class="quiet small">
                          {member.email}
                          {member.id === viewer.id && ` · ${say.people('you')}`}
                        </bdi>
                      </span>
                    </span>
                  ),
                },
                { key: 'role', label: say.people('role'), render: (member) => say.people(ROLE_WORDS[member.role]) },
                {
                  key: 'status',
                  label: say.people('status'),
                  render: ({ status }) => <Badge tone={STATUS[status][1]}>{say.people(STATUS[status][0])}</Badge>,
                },
                { key: 'since', label: say.people('since'), render: ({ joinedAt }) => <Day iso={joinedAt} /> },
                {
                  key: 'actions',
                  label: say.people('actions'),
                  isLabelHidden: true,
                  align: 'end',
                  render: (member) => (
                    <Menu label={say.people('changePerson', { name: nameOf(member) })} items={itemsFor(member)} />
                  ),
                },
              ]}
            />
            {more && <Button onClick={() => void more()}>{t('loadMore')}</Button>}
          </div>
        )}
        <RolesTable />
      </div>
      {removing && (
        <ConfirmName
          title={say.people('removeTitle', { name: nameOf(removing) })}
          text={say.people('removeText', { name: nameOf(removing) })}
          name={nameOf(removing)}
          action={say.people('removePerson')}
          busy={isBusy}
          error={error}
          onConfirm={() => void remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
    </main>
  );
}
