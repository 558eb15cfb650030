import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/button.tsx';
import { useConsole } from '../../shell/console.tsx';
import { SheetPicture, type Card, type CardTexts } from './cards.tsx';
import { fitCards } from './print-window.tsx';
import { FORMAT_PLANS, type Format, type Sheet } from './sheet-rules.ts';

/** CSS defines the inch as 96 pixels. */
const PIXELS_PER_MM = 96 / 25.4;

interface Props {
  sheets: Sheet<Card>[];
  texts: CardTexts;
  format: Format;
}

/** A sheet as it will be printed, made smaller as a whole: the very elements that go to the printer. */
export function Preview({ sheets, texts, format }: Props) {
  const { say } = useConsole();
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [width, setWidth] = useState(0);
  const { width: paperWidth, height: paperHeight } = FORMAT_PLANS[format];
  const index = Math.min(at, sheets.length - 1);
  const sheet = sheets[index];

  useEffect(() => {
    const measure = () => frame.current && setWidth(frame.current.clientWidth);
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    let isGone = false;
    fitCards(element);
    const { fonts } = document as unknown as { fonts?: { ready: Promise<unknown> } };
    if (fonts) void fonts.ready.then(() => !isGone && fitCards(element));
    return () => {
      isGone = true;
    };
  });

  const scale = width / (paperWidth * PIXELS_PER_MM);
  return (
    <figure class="print-preview" aria-label={say.share('preview')}>
      <div
        class="print-frame"
        ref={frame}
        style={{ height: width > 0 ? `${paperHeight * PIXELS_PER_MM * scale}px` : undefined }}
      >
        {sheet && (
          <div class="print-scaled" style={{ transform: `scale(${scale || 0.1})` }}>
            <SheetPicture key={`${format} ${index}`} sheet={sheet} texts={texts} format={format} />
          </div>
        )}
      </div>
      <figcaption class="print-pager">
        <Button
          size="small"
          aria-label={say.share('previousSheet')}
          disabledReason={index > 0 ? null : say.share('firstSheet')}
          onClick={() => setAt(index - 1)}
        >
          <span class="print-arrow" aria-hidden="true">
            ‹
          </span>
        </Button>
        <span aria-live="polite">{say.share('sheetOf', { index: index + 1, total: sheets.length })}</span>
        <Button
          size="small"
          aria-label={say.share('nextSheet')}
          disabledReason={index < sheets.length - 1 ? null : say.share('lastSheet')}
          onClick={() => setAt(index + 1)}
        >
          <span class="print-arrow" aria-hidden="true">
            ›
          </span>
        </Button>
      </figcaption>
    </figure>
  );
}
