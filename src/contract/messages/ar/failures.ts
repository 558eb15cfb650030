import type { failures as en } from '../en/failures.ts';
import type { Translated } from '../shape.ts';

export const failures: Translated<typeof en> = {
  'photo.corrupt': 'هذه الصورة تالفة ولا يمكن فتحها.',
  'photo.unsupported_type': 'لا يمكن عرض هذا النوع من الملفات هنا.',
  'photo.too_many_pixels': 'عدد بكسلات هذه الصورة أكبر مما يمكن عرضه هنا. يُرجى إرسال نسخة أصغر.',
  'photo.missing': 'لم تصل هذه الصورة كاملة. يُرجى إرسالها مرة أخرى.',
  'photo.no_preview':
    'لا يمكن عرض هذا الملف هنا من دون صورة معاينة، ولم تصل أي صورة. اختره مرة أخرى وأبقِ هذه الصفحة مفتوحة حتى يكتمل الإرسال، أو أرسله بصيغة JPEG. الملف الأصلي لدى المضيف.',
  'photo.unprocessable': 'تعذّر تجهيز هذه الصورة. يُرجى إرسالها مرة أخرى أو اختيار غيرها.',
};
