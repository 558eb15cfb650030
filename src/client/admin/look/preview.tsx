import type { ComponentChildren } from 'preact';
import { faceProperties } from '../../../contract/theme/faces.ts';
import { derivePalettes, paletteProperties, type Mode } from '../../../contract/theme/palette.ts';
import { QrCode } from '../../shared/ui/qr-code.tsx';
import { useConsole } from '../shell/console.tsx';
import type { Draft } from './look-rules.ts';

export interface Sample {
  /** name of one of the tenant's events, or a made-up one */
  event: string;
  /** addresses of small pictures; too few are filled up with tints */
  pictures: string[];
  /** address of a larger one */
  wall: string | null;
}

const TILES = 12;

/** The draft's colours as they will be in one mode, for everything inside. */
function Scheme({ draft, mode, label, children }: SchemeProps) {
  const palette = derivePalettes(draft)[mode];
  const properties = [...paletteProperties(palette, mode), ...faceProperties(draft.displayFace)];
  const style: Record<string, string> = { colorScheme: mode };
  for (const [name, value] of properties) style[name] = value;
  return (
    <figure class="look-scene">
      <div style={style} data-scheme={mode}>
        {children}
      </div>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
interface SchemeProps {
  draft: Draft;
  mode: Mode;
  label: string;
  children: ComponentChildren;
}

function Brand({ draft }: { draft: Draft }) {
  const { boot, say } = useConsole();
  const { name } = boot.tenant;
  return (
    <span class="look-brand">
      {draft.logo.kind === 'none' ? (
        <bdi>{name}</bdi>
      ) : (
        <img src={draft.logo.url} alt={say.look('logoOf', { tenant: name })} />
      )}
    </span>
  );
}

function Phone({ draft, mode, sample }: { draft: Draft; mode: Mode; sample: Sample }) {
  const { say } = useConsole();
  return (
    <Scheme draft={draft} mode={mode} label={say.look(mode)}>
      <div class="look-phone">
        <div class="look-phone-head">
          <Brand draft={draft} />
          <p class="look-title">
            <bdi>{sample.event}</bdi>
          </p>
        </div>
        <div class="look-grid">
          {Array.from({ length: TILES }, (_, i) => (
            <span
              key={i}
              class={`look-tile look-tint-${i % 3}`}
              style={sample.pictures[i] ? { backgroundImage: `url("${sample.pictures[i]}")` } : {}}
            />
          ))}
        </div>
        <div class="look-phone-bar">
          <span>{say.admin('strip')}</span>
          <span class="look-phone-add">{say.admin('add')}</span>
        </div>
      </div>
    </Scheme>
  );
}

function Wall({ draft, sample }: { draft: Draft; sample: Sample }) {
  const { say } = useConsole();
  return (
    <Scheme draft={draft} mode="dark" label={say.look('wall')}>
      <div class="look-wall" style={sample.wall ? { backgroundImage: `url("${sample.wall}")` } : {}}>
        <div class="look-wall-words">
          <p class="look-title">{say.look('sampleName')}</p>
          <p>
            <bdi>{sample.event}</bdi>
          </p>
        </div>
        <span class="look-wall-code">
          <Code />
        </span>
      </div>
    </Scheme>
  );
}

function Card({ draft, sample }: { draft: Draft; sample: Sample }) {
  const { say } = useConsole();
  return (
    <Scheme draft={draft} mode="light" label={say.look('card')}>
      <div class="look-card">
        <Brand draft={draft} />
        <p class="look-title">
          <bdi>{sample.event}</bdi>
        </p>
        <Code />
        <p class="look-card-scan">{say.look('scan')}</p>
      </div>
    </Scheme>
  );
}

const Code = () => <QrCode text={`${location.origin}/`} label="QR" />;

/** What guests, walls and print would look like: light and dark beside each other, before anything is saved. */
export function Preview({ draft, sample }: { draft: Draft; sample: Sample }) {
  const { say } = useConsole();
  return (
    <section class="look-preview" aria-label={say.look('preview')} tabIndex={0}>
      <Phone draft={draft} mode="light" sample={sample} />
      <Phone draft={draft} mode="dark" sample={sample} />
      <Card draft={draft} sample={sample} />
      <Wall draft={draft} sample={sample} />
    </section>
  );
}
