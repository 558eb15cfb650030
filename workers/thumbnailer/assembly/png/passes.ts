import { Header } from './header';

/** The seven passes of Adam7 (PNG, third edition, 8.2); a picture that is not interlaced is one pass of all pixels. */
const FIRST_X = memory.data<u8>([0, 4, 0, 2, 0, 1, 0]);
const FIRST_Y = memory.data<u8>([0, 0, 4, 0, 2, 0, 1]);
const STEP_X = memory.data<u8>([8, 8, 4, 4, 2, 2, 1]);
const STEP_Y = memory.data<u8>([8, 8, 8, 4, 4, 2, 2]);
const PASSES: i32 = 7;

export class Pass {
  static number: i32 = 0;
  static firstX: i32 = 0;
  static firstY: i32 = 0;
  static stepX: i32 = 1;
  static stepY: i32 = 1;
  static width: i32 = 0;
  static height: i32 = 0;
}

/** Goes to a pass, or to the next one that has any pixels. @returns false when there is none */
export function enterPass(number: i32): bool {
  if (!Header.interlaced) {
    Pass.firstX = 0;
    Pass.firstY = 0;
    Pass.stepX = 1;
    Pass.stepY = 1;
    Pass.width = Header.width;
    Pass.height = Header.height;
    return number === 0;
  }
  for (; number < PASSES; number++) {
    Pass.number = number;
    Pass.firstX = load<u8>(FIRST_X + number);
    Pass.firstY = load<u8>(FIRST_Y + number);
    Pass.stepX = load<u8>(STEP_X + number);
    Pass.stepY = load<u8>(STEP_Y + number);
    Pass.width = (Header.width - Pass.firstX + Pass.stepX - 1) / Pass.stepX;
    Pass.height = (Header.height - Pass.firstY + Pass.stepY - 1) / Pass.stepY;
    if (Pass.width > 0 && Pass.height > 0) return true;
  }
  return false;
}

/** Puts a row of a pass where its pixels belong. @param picture RGBA8 of the whole picture */
export function scatter(row: usize, y: i32, picture: usize): void {
  const step = (<usize>Pass.stepX) << 2;
  const line = <usize>(Pass.firstY + y * Pass.stepY) * <usize>Header.width + <usize>Pass.firstX;
  let to = picture + (line << 2);
  for (const end = row + ((<usize>Pass.width) << 2); row < end; row += 4, to += step) store<u32>(to, load<u32>(row));
}
