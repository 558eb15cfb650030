import { openAccount } from '../../../../../workers/thumbnailer/account.ts';
import { MODULES } from '../../../../../workers/thumbnailer/codecs/modules.ts';
import { openWorkbench } from '../../../../../workers/thumbnailer/decoders/index.ts';
import { makeRenditions } from '../../../../../workers/thumbnailer/pipeline.ts';
import { createImageInspector } from '../../../../domain/images/inspector.ts';
import { sourceOf } from '../../../../../workers/thumbnailer/test-support/source.ts';
import type { Side } from './side.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
/** As the store cuts what it streams. */
const CHUNK_BYTES = 65_536;
const bench = openWorkbench(MODULES);

/** The thumbnailer's own pipeline, from the inspector on; beside the renditions it makes hashes and looks at colours. */
export const makeWithOurs: Side = async (bytes) => {
  const inspector = createImageInspector();
  inspector.push(bytes);
  const facts = inspector.finish();
  const account = openAccount(async () => undefined);
  const source = sourceOf(bytes, facts, CHUNK_BYTES);
  const { renditions, partialShare } = await makeRenditions(source, { timeZone: 'UTC', now: NOW, account, bench });
  const { peakBytes, peak, ms } = account.report();
  return {
    renditions: renditions.map((made) => ({ width: made.width, height: made.height, bytes: made.bytes.length })),
    peakBytes,
    peak,
    ms,
    partialShare,
  };
};
