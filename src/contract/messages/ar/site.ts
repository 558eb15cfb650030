import type { site as en } from '../en/site.ts';
import type { Translated } from '../shape.ts';

export const site: Translated<typeof en> = {
  notFound: 'لا يوجد شيء هنا',
  notFoundText: 'لا يوجد شيء على هذا العنوان. يُرجى التأكد من الرابط أو مسح الرمز مرة أخرى.',
  pending: 'غير نشط بعد',
  pendingText: 'يجري الآن إعداد {tenant}. يُرجى العودة بعد قليل.',
  inactive: 'في استراحة',
  inactiveText: '{tenant} غير نشط حاليًا. لم يضِع شيء.',
  suspended: 'غير متاح',
  suspendedText: '{tenant} غير متاح حاليًا. لم يضِع شيء؛ لدى المنظّم مزيد من التفاصيل.',
  archived: 'مغلق',
  archivedText: 'تم إغلاق {tenant}.',
  events: 'المناسبات',
  noEvents: 'لا توجد مناسبات مفتوحة',
  noEventsText: 'حين تُفتح مناسبة للمشاركة ستظهر هنا.',
  withPin: 'برقم سري',
  home: 'إلى الصفحة الرئيسية',
  errorTitle: 'لم ينجح ذلك',
  language: 'اللغة',
  staff: 'للفريق',
  imprint: 'بيانات الناشر',
  privacy: 'الخصوصية',
  support: 'المساعدة بالبريد',
  legal: 'عن هذا الموقع',
};
