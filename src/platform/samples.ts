import type { ReadSample } from '../domain/rehearsal/samples.ts';

/** Sample photos for rehearsals, which are static files of the main Worker (`public/rehearsal`). */
export const samplesOf =
  (assets: Pick<Fetcher, 'fetch'>): ReadSample =>
  async (n) => {
    const answer = await assets.fetch(`https://assets/rehearsal/${String(n).padStart(2, '0')}.webp`);
    if (!answer.ok) throw new Error(`sample ${n}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
