import { createImageInspector } from '../../../../domain/images/inspector.ts';
import { openAccount } from '../../../../../workers/thumbnailer/account.ts';
import { MODULES } from '../../../../../workers/thumbnailer/codecs/modules.ts';
import { openWorkbench } from '../../../../../workers/thumbnailer/decoders/index.ts';
import { makeRenditions } from '../../../../../workers/thumbnailer/pipeline.ts';
import { sourceOf } from '../../../../../workers/thumbnailer/test-support/source.ts';
import type { Side } from './side.ts';

const bench = openWorkbench(MODULES);
const NOW = new Date('2026-11-21T12:00:00Z');

/** The thumbnailer's own pipeline, from the inspector's facts on. */
export const makeWithOurs: Side = async (bytes) => {
  const inspector = createImageInspector();
  inspector.push(bytes);
  const account = openAccount(async () => undefined);
  const source = sourceOf(bytes, inspector.finish());
  const { renditions } = await makeRenditions(source, { account, bench, timeZone: 'UTC', now: NOW });
  return {
    renditions: renditions.map((made) => ({ width: made.width, height: made.height, bytes: made.bytes.length })),
    peakBytes: account.report().peakBytes,
  };
};
