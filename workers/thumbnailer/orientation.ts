/** EXIF orientation (CIPA DC-008, 4.6.5): 1 is upright, 2–4 mirror or turn by half, 5–8 swap the sides. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export const swapsSides = (orientation: Orientation): boolean => orientation >= 5;
