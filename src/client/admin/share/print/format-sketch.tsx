import { FORMAT_PLANS, type Format } from './sheet-rules.ts';

/** A sheet as a little drawing: its faces, a square for the code, and where it is folded or cut. */
export function FormatSketch({ format }: { format: Format }) {
  const { width, height, sheets, folds, cuts } = FORMAT_PLANS[format];
  const faces = (sheets[0] || []).reduce((all, places) => all.concat(places), []);
  return (
    <svg class="print-sketch" viewBox={`-6 -6 ${width + 12} ${height + 12}`} aria-hidden="true">
      <rect width={width} height={height} rx="4" fill="none" stroke="currentColor" stroke-width="8" />
      {folds.map((y) => (
        <path key={y} d={`M0 ${y}h${width}`} stroke="currentColor" stroke-width="6" stroke-dasharray="14 12" />
      ))}
      {cuts.map((x) => (
        <path key={x} d={`M${x} 0v${height}`} stroke="currentColor" stroke-width="6" />
      ))}
      {faces.map(({ x, y, width: w, height: h }) => {
        const side = Math.min(w, h) * 0.4;
        return (
          <rect
            key={`${x} ${y}`}
            x={x + (w - side) / 2}
            y={y + (h - side) / 2}
            width={side}
            height={side}
            rx="4"
            fill="currentColor"
          />
        );
      })}
    </svg>
  );
}
