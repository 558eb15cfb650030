import { createByteSource, type ByteSource } from './byte-source.ts';
import { collectMetadata, type JpegMetadata } from './jpeg-metadata.ts';
import { JPEG_FAULTS, JPEG_STATUS, type JpegFault } from './pixels-exports.ts';
import type { Picture, PixelsInstance } from './pixels-module.ts';
import { DecodeError } from './pixels.ts';

/** What is known of a JPEG before its picture is decoded. */
export interface JpegHeader extends JpegMetadata {
  /** as stored, before any turn */
  width: number;
  height: number;
  components: number;
  /** progressive, or with a scan for each component: all coefficients are kept before the first pixel is known */
  costly: boolean;
}

export interface StreamedJpeg extends JpegHeader {
  /** In the instance's memory, of the size that was chosen, as stored, in the colours of the file. */
  picture: Picture;
  /** share of the rows that are as they were meant; the others are grey, or wrong where damage passed for colours */
  goodShare: number;
  /** false when anything is missing, if only the last bits of a progressive photo */
  isWhole: boolean;
  /** how large the picture was decoded before it was reduced, in eighths */
  scale: number;
}

/** The photo can never be decoded. */
export class JpegError extends DecodeError {
  readonly fault: JpegFault;

  constructor(fault: JpegFault, message: string) {
    super(message);
    this.name = 'JpegError';
    this.fault = fault;
  }
}

/** So much is read before the decoder goes on, unless the file ends. */
const FED_MIN_BYTES = 65_536;

/**
 * Decodes a JPEG while it is being read, at the smallest scale that covers what is wanted, and reduces it.
 * @param choose the size that is wanted, as stored, at most the photo's
 * @throws JpegError when the file can never be decoded; anything else is worth another try
 */
export async function decodeJpegStream(
  pixels: PixelsInstance,
  body: ReadableStream<Uint8Array>,
  choose: (header: JpegHeader) => { width: number; height: number },
): Promise<StreamedJpeg> {
  const { exports } = pixels;
  const { take, metadata } = collectMetadata();
  pixels.listen({ segment: (marker, at, bytes) => take(marker, pixels.view(at, bytes)) });
  const source = createByteSource(body);
  const feed = feeder(pixels, source);
  const until = async (work: () => number): Promise<void> => {
    for (let status = work(); status !== JPEG_STATUS.done; status = work()) {
      if (status === JPEG_STATUS.needInput) await feed();
      else if (status !== JPEG_STATUS.more) throw refusal(status);
    }
  };
  try {
    expectDone(exports.jpegOpen());
    await until(exports.jpegHeader);
    const header: JpegHeader = {
      width: exports.jpegWidth(),
      height: exports.jpegHeight(),
      components: exports.jpegComponents(),
      costly: exports.jpegIsCostly() !== 0,
      ...metadata(),
    };
    const { width, height } = choose(header);
    expectDone(exports.jpegStart(width, height));
    await until(exports.jpegStep);
    return {
      ...header,
      picture: { at: exports.reducerOutput() >>> 0, width, height },
      goodShare: exports.jpegGoodRows() / header.height,
      isWhole: exports.jpegIsWhole() !== 0,
      scale: exports.jpegScale(),
    };
  } finally {
    pixels.listen(undefined);
    // What comes after the picture is not read.
    await source.close();
  }
}

function expectDone(status: number): void {
  if (status !== JPEG_STATUS.done) throw refusal(status);
}

function refusal(status: number): Error {
  const known = JPEG_FAULTS[status];
  if (known) return new JpegError(known.fault, known.message);
  return new Error(`The JPEG decoder was used wrongly: status ${status}`);
}

/** Fills the decoder's window, whatever the sizes of the stream's chunks are. */
function feeder({ exports, view }: PixelsInstance, source: ByteSource): () => Promise<void> {
  let isOver = false;
  return async () => {
    if (isOver) throw new Error('The JPEG decoder wants more than the file');
    for (let fed = 0; fed < FED_MIN_BYTES && !isOver;) {
      const part = await source.some(exports.jpegRoom());
      const bytes = part?.length ?? 0;
      if (part) view(exports.jpegWindow() >>> 0, bytes).set(part);
      isOver = part === null;
      exports.jpegFed(bytes, isOver);
      fed += bytes;
    }
  };
}
