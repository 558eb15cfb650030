import type { ConsentAnswer } from '../../../contract/consent.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { Skeleton } from '../../shared/ui/states.tsx';
import '../people/people.css';
import { useTimes } from '../people/parts.tsx';
import { useLoad } from '../people/use-load.ts';
import { Failure, Link, useConsole, useTitle } from '../shell/console.tsx';
import './account.css';
import { ConsentEditor } from './consent-editor.tsx';
import { ConsentHistory } from './consent-history.tsx';

function Now({ current }: Pick<ConsentAnswer, 'current'>) {
  const { say } = useConsole();
  const { exact } = useTimes();
  return (
    <p>
      {current ? (
        <>
          <Badge tone="good">{say.people('consentVersion', { version: current.version })}</Badge>{' '}
          {say.people('consentSince', { time: exact(current.createdAt) })}
        </>
      ) : (
        <Badge>{say.people('consentNone')}</Badge>
      )}
    </p>
  );
}

/** What guests agree to before they send photos: the text as it is, the next one, and all that there were. */
export function ConsentPage() {
  const { say } = useConsole();
  const { data, refusal, load, change } = useLoad<ConsentAnswer>('/api/v1/tenant/consent');
  useTitle(say.people('consentTitle'));
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <div>
          <Link to="/admin/account" class="page-back">
            <Icon name="back" /> {say.people('accountTitle')}
          </Link>
          <h1>{say.people('consentTitle')}</h1>
        </div>
      </div>
      {refusal && !data && <Failure refusal={refusal} again={() => void load()} />}
      {!data && !refusal && <Skeleton height="480px" />}
      {data && (
        <div class="stack stack-wide">
          <div class="column stack">
            <p>{say.people('consentLong')}</p>
            <Now current={data.current} />
          </div>
          {/* Another version begins with what it says. */}
          <ConsentEditor
            key={data.history[0] ? data.history[0].version : 0}
            answer={data}
            onWritten={(answer) => change(() => answer)}
            onStale={() => void load()}
          />
          <ConsentHistory history={data.history} />
        </div>
      )}
    </main>
  );
}
