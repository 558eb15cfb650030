import { useMemo } from 'preact/hooks';
import { makeQr, qrPath, sideOf } from './qr-code.ts';

/** A code, always black on white whatever the colours around it: cameras in dim rooms fail on anything else. */
export function QrPicture({ text, label, class: look }: { text: string; label: string; class?: string }) {
  const { side, path } = useMemo(() => {
    const qr = makeQr(text);
    return { side: sideOf(qr), path: qrPath(qr) };
  }, [text]);
  return (
    <svg
      class={look}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shape-rendering="crispEdges"
      data-qr={text}
    >
      <rect width={side} height={side} fill="#fff" />
      <path fill="#000" d={path} />
    </svg>
  );
}
