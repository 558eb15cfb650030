import { PIECE_MAX_BYTES, type Piece, type Walk } from './walk.ts';
import type { Window } from './windows.ts';

/** What a walk may ask for; an hour of film has a tenth of it. */
const STEPS_MAX = 2_000_000;

/**
 * Gives a walk what it asks for, to its end.
 * @returns what `finish` makes of it; null for a file that is not what its format says
 */
export async function drive<Value, Result>(
  walk: Walk<Value>,
  window: Window,
  size: number,
  finish: (value: Value) => Result,
): Promise<Result | null> {
  let given = new Uint8Array() as Uint8Array;
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    let step: IteratorResult<Piece, Value>;
    try {
      step = walk.next(given);
      if (step.done) return finish(step.value);
    } catch {
      // Whatever a walker stumbles over, nobody knows then what the file says.
      return null;
    }
    const { at, bytes } = step.value;
    if (at < 0 || bytes < 0 || bytes > PIECE_MAX_BYTES || at + bytes > size) return null;
    const view = window.view(at, bytes);
    given = view instanceof Uint8Array ? view : await view;
  }
  return null;
}
