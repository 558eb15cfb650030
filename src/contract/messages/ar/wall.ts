import type { wall as en } from '../en/wall.ts';
import type { Translated } from '../shape.ts';

export const wall: Translated<typeof en> = {
  scan: 'امسح الرمز وشارك',
  first: 'كن أول من يشارك',
  firstText: 'امسح الرمز وأضف صورة، وستظهر هنا مباشرة.',
  offline: 'لا يوجد اتصال',
  heldTitle: 'استراحة قصيرة',
  heldText: 'ستعود الصور بعد لحظات.',
  open: 'صور من {event}',
  photoCall: 'لحظة التصوير',
  photoCallText: 'الجميع: صورة واحدة، الآن!',
};
