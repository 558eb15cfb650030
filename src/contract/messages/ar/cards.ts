import type { cards as en } from '../en/cards.ts';
import type { Translated } from '../shape.ts';

export const cards: Translated<typeof en> = {
  headline: 'شاركونا صوركم',
  text: 'وجّهوا كاميرا الهاتف نحو الرمز ثم اختاروا صوركم. بلا تطبيق وبلا حساب.',
  table: 'الطاولة {label}',
  pin: 'الرقم السري',
  wifi: 'واي فاي',
  password: 'كلمة المرور',
};
