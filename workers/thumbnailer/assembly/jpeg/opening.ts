import { mark, release } from '../arena';
import { openPartReducer } from '../picture/reducer';
import { openCoefficients } from './coefficients';
import { isProgressive } from './frame';
import { openLines } from './samples/lines';
import { openRows } from './samples/rows';
import { applyScale, filledHeight, filledWidth, resultHeight, resultWidth } from './scale';
import { BAD_CALL, DONE, NO_MEMORY } from './status';

/**
 * Reserves all that a picture needs at a scale.
 * @param isFrugal see `applyScale` @param isDirect samples are made at once, so that no coefficients are kept
 * @param width of the picture that is wanted @returns a status; nothing is reserved unless it is DONE
 */
export function openPicture(n: i32, isFrugal: bool, isDirect: bool, width: i32, height: i32): i32 {
  const before = mark();
  const status = applyScale(n, isFrugal);
  if (status !== DONE) return status;
  if (width < 1 || height < 1 || width > resultWidth() || height > resultHeight()) return BAD_CALL;
  openRows();
  const isOpen =
    openPartReducer(resultWidth(), resultHeight(), filledWidth(), filledHeight(), width, height, false) === 0 &&
    openLines() &&
    (isDirect || openCoefficients(isProgressive()));
  if (isOpen) return DONE;
  release(before);
  return NO_MEMORY;
}
