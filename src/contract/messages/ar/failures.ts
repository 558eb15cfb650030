import type { failures as en } from '../en/failures.ts';
import type { Translated } from '../shape.ts';

export const failures: Translated<typeof en> = {
  'photo.corrupt': 'هذه الصورة تالفة ولا يمكن فتحها.',
  'photo.unsupported_type': 'يمكن عرض الصور بصيغة JPEG أو PNG أو WebP فقط.',
  'photo.too_many_pixels': 'دقة هذه الصورة أعلى من 12 ميغابكسل. يُرجى إرسال نسخة أصغر.',
  'photo.missing': 'لم تصل هذه الصورة كاملة. يُرجى إرسالها مرة أخرى.',
  'photo.no_preview':
    'لا يمكن عرض هذا الملف هنا ولم تصل صورة معاينة له. أبقِ الصفحة مفتوحة حتى يكتمل الإرسال، أو أرسل الصورة بصيغة JPEG.',
  'photo.unprocessable': 'تعذّر تجهيز هذه الصورة. يُرجى إرسالها مرة أخرى أو اختيار غيرها.',
};
