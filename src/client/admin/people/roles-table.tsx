import type { ActingRole } from '../../../contract/auth.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { useConsole } from '../shell/console.tsx';

const COLUMNS = [
  ['owner', 'roleOwner'],
  ['admin', 'roleAdmin'],
  ['member', 'roleMember'],
  ['viewer', 'roleViewer'],
  ['moderator', 'roleHelper'],
] as const;
const ABILITIES: ['canModerate' | 'canLook' | 'canMakeEvents' | 'canAccount' | 'canOwners', readonly ActingRole[]][] = [
  ['canModerate', ['owner', 'admin', 'member', 'moderator']],
  ['canLook', ['owner', 'admin', 'member', 'viewer']],
  ['canMakeEvents', ['owner', 'admin', 'member']],
  ['canAccount', ['owner', 'admin']],
  ['canOwners', ['owner']],
];

/** What each role may do: the sentences a person looks for before giving one. */
export function RolesTable() {
  const { say } = useConsole();
  return (
    <section class="section" aria-labelledby="roles-title">
      <h2 id="roles-title">{say.people('rolesTitle')}</h2>
      <p>{say.people('rolesText')}</p>
      <table class="roles">
        <thead>
          <tr>
            <th scope="col">
              <span class="said">{say.people('ability')}</span>
            </th>
            {COLUMNS.map(([role, word]) => (
              <th key={role} scope="col">
                <span>{say.people(word)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ABILITIES.map(([ability, roles]) => (
            <tr key={ability}>
              <th scope="row">{say.people(ability)}</th>
              {COLUMNS.map(([role]) => {
                const may = roles.indexOf(role) >= 0;
                return (
                  <td key={role} class={may ? undefined : 'roles-no'}>
                    {may ? <Icon name="check" /> : <span aria-hidden="true">–</span>}
                    <span class="said">{say.people(may ? 'yes' : 'no')}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
