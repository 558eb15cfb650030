import { describe, expect, it } from 'vitest';
import { transcoderOf, type Images } from './transcoder.ts';

const bytesOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).bytes();
const bodyOf = (text: string) => new Response(text).body as ReadableStream<Uint8Array>;

/** Answers as the binding does, and writes down what it was asked. */
function recordedImages(failure?: Error) {
  const asked: unknown[] = [];
  const pipeline = {
    transform(options: unknown) {
      asked.push(['transform', options]);
      return pipeline;
    },
    async output(options: unknown) {
      asked.push(['output', options]);
      if (failure) throw failure;
      return { image: () => bodyOf('a jpeg') };
    },
  };
  const images: Images = {
    input(stream) {
      asked.push(['input', stream]);
      return pipeline;
    },
  };
  return { asked, transcoder: transcoderOf(images) };
}

describe('the transcoder', () => {
  it('asks for a JPEG that is no larger than it may be, of the first picture only', async () => {
    const { asked, transcoder } = recordedImages();
    const body = bodyOf('a heic');
    const jpeg = await transcoder.toJpeg(body, 2048);
    expect(new TextDecoder().decode(await bytesOf(jpeg as ReadableStream<Uint8Array>))).toBe('a jpeg');
    expect(asked).toEqual([
      ['input', body],
      ['transform', { width: 2048, height: 2048, fit: 'scale-down' }],
      ['output', { format: 'image/jpeg', quality: 85, anim: false }],
    ]);
  });

  it('is asked for photos only that browsers may not show', () => {
    const { transcoder } = recordedImages();
    expect((['image/heic', 'image/avif', 'image/jpeg', 'video/mp4'] as const).map(transcoder.reads)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it.each([9402, 9412, 9413, 9520])('takes error %i for the end of it', async (code) => {
    const { transcoder } = recordedImages(Object.assign(new Error('no'), { code }));
    expect(await transcoder.toJpeg(bodyOf('x'), 2048)).toBeNull();
  });

  it.each([Object.assign(new Error('busy'), { code: 9511 }), new Error('the network')])(
    'lets %o be tried again',
    async (failure) => {
      const { transcoder } = recordedImages(failure);
      await expect(transcoder.toJpeg(bodyOf('x'), 2048)).rejects.toBe(failure);
    },
  );
});
