import type { ComponentChildren } from 'preact';
import type { Screen } from '../../../contract/screens.ts';
import { useTimes } from '../people/parts.tsx';
import { Link, useConsole } from '../shell/console.tsx';
import { skewOf } from './screen-rules.ts';
import { GROUP_WORDS, LAYOUT_WORDS, layoutWord } from './screen-words.ts';

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Where a screen belongs, what is on it now, and how it is connected. */
export function Facts({ screen, site }: { screen: Screen; site: string | null }) {
  const { say } = useConsole();
  const { ago, exact } = useTimes();
  const { event, lastSeenAt, layout, live, status } = screen;
  const isOn = status === 'online' && live !== null;
  const now = isOn && layout.layout === 'rotate' ? layoutWord(live.layout) : undefined;
  const skew = isOn ? skewOf(live.skewMs) : null;
  return (
    <dl class="screen-facts">
      <Fact name={say.screens('event')}>
        {event ? (
          <Link to={`/admin/events/${event.slug}`}>
            <bdi>{event.name}</bdi>
          </Link>
        ) : (
          say.screens('noEvent')
        )}
      </Fact>
      {site && (
        <Fact name={say.screens('site')}>
          <bdi>{site}</bdi>
        </Fact>
      )}
      <Fact name={say.screens(now ? 'layoutNow' : 'layout')}>{say.screens(now || LAYOUT_WORDS[layout.layout])}</Fact>
      {layout.group && (
        <Fact name={say.screens('inGroup')}>
          <span title={say.screens(GROUP_WORDS[layout.group.mode])}>
            <bdi>{layout.group.name}</bdi>
          </span>
        </Fact>
      )}
      <Fact name={say.screens('seen')}>
        {lastSeenAt ? (
          <time dateTime={lastSeenAt} title={exact(lastSeenAt)}>
            {ago(lastSeenAt)}
          </time>
        ) : (
          say.screens('neverSeen')
        )}
      </Fact>
      {isOn && (
        <Fact name={say.screens('connection')}>
          {say.screens(live.transport === 'socket' ? 'overSocket' : 'overPolling')}
        </Fact>
      )}
      {isOn && skew === null && (
        <Fact name={say.screens('clock')}>
          <span title={`${live.skewMs} ms`}>{say.screens('clockRight')}</span>
        </Fact>
      )}
      {live && (
        <Fact name={say.screens('version')}>
          <bdi dir="ltr">{live.version}</bdi>
        </Fact>
      )}
    </dl>
  );
}
