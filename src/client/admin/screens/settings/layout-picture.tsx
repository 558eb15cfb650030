import type { ScreenLayout } from '../../../../contract/screens.ts';

type Name = ScreenLayout['layout'];
/** A photo in the drawing: left, top, width, height, turned by so many degrees. */
type Photo = readonly [number, number, number, number, number?];

/** Drawn on 96 × 54, as wide as a television for its height. */
const PHOTOS: Record<Name, readonly Photo[]> = {
  full: [[0, 0, 96, 54]],
  mosaic: [
    [3, 3, 34, 23],
    [39, 3, 20, 23],
    [61, 3, 32, 23],
    [3, 28, 22, 23],
    [27, 28, 36, 23],
    [65, 28, 28, 23],
  ],
  polaroid: [
    [10, 9, 24, 22, -8],
    [60, 6, 24, 22, 7],
    [34, 19, 27, 25, 2],
  ],
  spotlight: [[24, 6, 48, 32]],
  split: [[0, 0, 60, 54]],
  rotate: [
    [8, 8, 44, 28],
    [24, 14, 44, 28],
    [42, 20, 44, 28],
  ],
};

function Hills({ at: [x, y, width, height, turn = 0], isPrint }: { at: Photo; isPrint: boolean }) {
  const base = y + height;
  const low = base - height * 0.28;
  const high = base - height * 0.58;
  return (
    <g transform={turn ? `rotate(${turn} ${x + width / 2} ${y + height / 2})` : undefined}>
      {isPrint && <rect class="lp-print" x={x - 2.5} y={y - 2.5} width={width + 5} height={height + 10} rx="1" />}
      <rect class="lp-sky" x={x} y={y} width={width} height={height} />
      <circle class="lp-sun" cx={x + width * 0.74} cy={y + height * 0.27} r={Math.min(width, height) * 0.11} />
      <path
        class="lp-hill"
        d={`M${x} ${base}V${low}L${x + width * 0.34} ${high}L${x + width * 0.62} ${low}L${x + width * 0.78} ${high + height * 0.14}L${x + width} ${low}V${base}Z`}
      />
    </g>
  );
}

/** Three corners and a few modules: enough to be taken for a QR code. */
const Code = ({ x, y, size }: { x: number; y: number; size: number }) => (
  <g transform={`translate(${x} ${y}) scale(${size / 9})`}>
    <rect class="lp-print" x="-1" y="-1" width="11" height="11" rx="1" />
    <path
      class="lp-code"
      d="M0 0h3v3h-3zM6 0h3v3h-3zM0 6h3v3h-3zM4 1h1v2h-1zM4 4h2v1h-2zM7 4h2v1h-2zM1 4h2v1h-2zM4 6h1v3h-1zM6 6h1v1h-1zM8 7h1v2h-1zM6 8h1v1h-1z"
    />
  </g>
);

/** What a layout looks like, small. One with two sides is mirrored where one reads from right to left, as the wall is. */
export function LayoutPicture({ layout }: { layout: Name }) {
  return (
    <svg class={`layout-picture layout-picture-${layout}`} viewBox="0 0 96 54" focusable="false" aria-hidden="true">
      <rect class="lp-back" width="96" height="54" />
      {PHOTOS[layout].map((at) => (
        <Hills key={at.join()} at={at} isPrint={layout === 'polaroid' || layout === 'rotate'} />
      ))}
      {layout === 'full' && <path class="lp-words" d="M6 43h26v3h-26zM6 48h16v2h-16z" />}
      {layout === 'spotlight' && <path class="lp-words" d="M30 42h36v3h-36zM38 47h20v2h-20z" />}
      {layout === 'split' && <path class="lp-words" d="M68 40h20v2.500h-20zM71 45h14v2h-14z" />}
      {layout === 'split' && <Code x={70} y={15} size={16} />}
    </svg>
  );
}
