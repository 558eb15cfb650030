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
  pairTitle: 'ربط هذه الشاشة',
  pairText: 'افتح «الشاشات» في لوحة التحكم وأدخل هذا الرمز، أو امسح المربع بهاتف مسجّل الدخول.',
  pairOffline: 'في انتظار الشبكة',
  pairWaits: 'لحظة من فضلك',
  linkOver: 'استُخدم هذا الرابط أو انتهت صلاحيته. اربط الشاشة برمز بدلًا من ذلك:',
  linkOverPaired: 'استُخدم هذا الرابط أو انتهت صلاحيته. تواصل هذه الشاشة كما كانت.',
  noEvent: 'جاهزة. اختر فعالية لهذه الشاشة من لوحة التحكم.',
  rehearsalGuest: 'ضيف البروفة {number}',
  checkEdges: 'يجب أن تظهر الإطارات الثلاثة كلها. إن اختفى أحدها فاضبط حافة هذه الشاشة من لوحة التحكم.',
  checkPicture: 'الصورة',
  checkBrowser: 'المتصفح',
  checkStorage: 'التخزين',
  checkSocket: 'الاتصال',
  checkClock: 'الساعة',
};
