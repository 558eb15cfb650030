import type { Screen } from '../../../contract/screens.ts';
import { Failure, Link, may, useConsole } from '../shell/console.tsx';
import { LinkButton } from '../shell/ui.tsx';
import { LAYOUT_WORDS } from '../screens/screen-words.ts';
import { usePhoto } from './use-photo.ts';
import { useScreens } from './use-screens.ts';

const PAIR = '/admin/screens?code=';

/** One television, as large as a thumb: what is on it, what it is called, whether it is there. */
function SmallScreen({ screen }: { screen: Screen }) {
  const { say } = useConsole();
  const { live, layout, name, status } = screen;
  const isOn = status === 'online';
  const isPanic = isOn && live !== null && live.layout === 'panic';
  const photo = usePhoto(isOn && !isPanic && live ? live.showing : null);
  const small = photo && photo.renditions[0];
  return (
    <li class="onwall-screen" data-screen={screen.id}>
      <Link to="/admin/screens">
        <span class={small ? 'onwall-screen-picture' : 'onwall-screen-picture onwall-screen-dark'}>
          {small ? (
            <img src={small.url} alt="" decoding="async" data-photo={photo.id} />
          ) : (
            <span>{say.screens(isPanic ? 'panic' : isOn ? LAYOUT_WORDS[layout.layout] : 'noPicture')}</span>
          )}
        </span>
        <span class="onwall-screen-words">
          <span class={isOn ? 'onwall-dot onwall-dot-on' : 'onwall-dot'} />
          <strong title={name} dir="auto">
            {name}
          </strong>
          <span class="small quiet">
            {say.screens(status)}
            {screen.paused ? ` · ${say.screens('paused')}` : isOn && ` · ${say.screens(LAYOUT_WORDS[layout.layout])}`}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** Which screens show the event, and what is on each. */
export function ScreensStrip({ event, slug }: { event: string; slug: string }) {
  const { role, say } = useConsole();
  const { screens, refusal, again } = useScreens(event);
  const online = screens ? screens.filter(({ status }) => status === 'online').length : 0;
  return (
    <section class="section" aria-labelledby="onwall-screens">
      <div class="onwall-head">
        <h2 id="onwall-screens">{say.stage('screens')}</h2>
        {screens && screens.length > 0 && (
          <Link class="small" to="/admin/screens">
            {say.stage('steerScreens')}
          </Link>
        )}
      </div>
      {!screens && !refusal && <div class="skeleton onwall-screens-skeleton" aria-busy="true" />}
      {!screens && refusal && <Failure refusal={refusal} again={again} />}
      {screens && screens.length === 0 && (
        <div class="panel onwall-none">
          <p>
            <strong>{say.stage('noScreens')}</strong>
          </p>
          <p class="quiet">{say.stage('noScreensText')}</p>
          <div class="row-wrap">
            {may(role, 'member') && (
              <LinkButton kind="main" to={PAIR}>
                {say.screens('pair')}
              </LinkButton>
            )}
            <a class="button button-quiet" href={`/e/${slug}/wall`} target="_blank" rel="noopener">
              {say.shell('wallOf')}
            </a>
          </div>
        </div>
      )}
      {screens && screens.length > 0 && (
        <>
          <p class="quiet small" role="status">
            {say.stage('screensOnline', { count: online, total: screens.length })}
          </p>
          <ul class="onwall-screens" aria-labelledby="onwall-screens">
            {screens.map((screen) => (
              <SmallScreen key={screen.id} screen={screen} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
