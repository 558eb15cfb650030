import { useState } from 'preact/hooks';
import type { Member } from '../../../contract/members.ts';
import type { SiteMember } from '../../../contract/sites.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { Avatar } from '../../shared/ui/signs.tsx';
import { Skeleton } from '../../shared/ui/states.tsx';
import { useTimes } from '../people/parts.tsx';
import '../people/people.css';
import { useLoad, type Page } from '../people/use-load.ts';
import { may, reasonOf, useConsole } from '../shell/console.tsx';

const nameOf = ({ name, email }: { name: string; email: string }): string => name || email;

/** Who of the team looks after a site, who said so and when. */
export function MembersSection({ site, onChanged }: { site: string; onChanged: () => void }) {
  const console = useConsole();
  const { role, say, session, t } = console;
  const { ago, exact } = useTimes();
  const path = `/api/v1/sites/${site}/members`;
  const { data, refusal, load } = useLoad<Page<SiteMember>>(`${path}?limit=200`);
  const team = useLoad<Page<Member>>('/api/v1/members?limit=200');
  const [chosen, setChosen] = useState('');
  const [busy, setBusy] = useState<string | null>(null);
  const notMine = may(role, 'admin') ? null : say.sites('adminsOnly');
  const there = data ? data.items : [];
  const free = (team.data ? team.data.items : []).filter(({ id }) => !there.some((member) => member.id === id));

  const write = async (person: { id: string; name: string; email: string }, method: 'PUT' | 'DELETE', undo = false) => {
    setBusy(person.id);
    const answer = await session.authed(`${path}/${person.id}`, { method });
    setBusy(null);
    if (!answer.ok) return showToast(t('decideFailed', { reason: reasonOf(console, answer) }));
    setChosen('');
    const said = say.sites(method === 'PUT' ? 'isAssigned' : 'isUnassigned', { name: nameOf(person) });
    showToast(
      said,
      undo ? undefined : { label: t('undo'), run: () => void write(person, method === 'PUT' ? 'DELETE' : 'PUT', true) },
    );
    void load();
    onChanged();
  };
  const assign = () => {
    const person = free.find(({ id }) => id === chosen);
    if (person) void write(person, 'PUT');
  };

  return (
    <section class="section">
      <h2>{say.sites('members')}</h2>
      <p>{say.sites('membersText')}</p>
      {!data && !refusal && <Skeleton lines={2} />}
      {!data && refusal && <p class="quiet">{reasonOf(console, refusal)}</p>}
      {data && there.length === 0 && <p class="quiet">{say.sites('noMembers')}</p>}
      {there.length > 0 && (
        <ul class="person-rows">
          {there.map((person) => (
            <li key={person.id} class="person-row" data-member={person.email}>
              <Avatar name={nameOf(person)} />
              <div class="person-row-words">
                <p class="person-row-name">
                  <bdi>{nameOf(person)}</bdi>
                </p>
                <p class="quiet small" title={exact(person.assignedAt)}>
                  {person.assignedBy
                    ? say.sites('assignedBy', { name: person.assignedBy, ago: ago(person.assignedAt) })
                    : say.sites('assignedAgo', { ago: ago(person.assignedAt) })}
                </p>
              </div>
              <Button
                size="small"
                busy={busy === person.id}
                disabledReason={notMine}
                aria-label={say.sites('unassignName', { name: nameOf(person) })}
                onClick={() => void write(person, 'DELETE')}
              >
                {say.sites('unassign')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {data && free.length > 0 && (
        <div class="site-assign">
          <SelectField
            label={say.sites('assignWhom')}
            name="assign"
            value={chosen}
            options={[{ value: '', label: say.sites('choose') }].concat(
              free.map((member) => ({ value: member.id, label: nameOf(member) })),
            )}
            onChange={setChosen}
          />
          <Button
            disabledReason={notMine || (chosen ? null : say.sites('assignWhom'))}
            busy={busy !== null && busy === chosen}
            onClick={assign}
          >
            {say.sites('assign')}
          </Button>
        </div>
      )}
    </section>
  );
}
