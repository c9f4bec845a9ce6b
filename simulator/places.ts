import { GOVERNORATES } from '../src/enroll-contract/governorates.js';
import { type Dice, weighted } from './dice.js';

interface Place {
  /** Two digits as in a national id. */
  code: string;
  districts: readonly string[];
}

/** Governorates with their share of the people (millions) and some of their districts. */
const PLACES = weighted<Place>([
  [place('01', 'مدينة نصر', 'مصر الجديدة', 'المعادي', 'شبرا', 'عين شمس', 'حلوان', 'السلام'), 10.2],
  [place('02', 'سيدي جابر', 'محرم بك', 'العجمي', 'المنتزه', 'كرموز'), 5.5],
  [place('03', 'حي الشرق', 'الزهور', 'بورفؤاد'), 0.8],
  [place('04', 'الأربعين', 'عتاقة', 'فيصل'), 0.8],
  [place('11', 'دمياط الجديدة', 'فارسكور', 'كفر سعد'), 1.6],
  [place('12', 'المنصورة', 'طلخا', 'ميت غمر', 'السنبلاوين'), 7],
  [place('13', 'الزقازيق', 'العاشر من رمضان', 'بلبيس', 'فاقوس'), 7.9],
  [place('14', 'بنها', 'شبرا الخيمة', 'قليوب', 'الخانكة'), 6.1],
  [place('15', 'دسوق', 'بلطيم', 'سيدي سالم'), 3.7],
  [place('16', 'طنطا', 'المحلة الكبرى', 'زفتى'), 5.4],
  [place('17', 'شبين الكوم', 'منوف', 'قويسنا'), 4.7],
  [place('18', 'دمنهور', 'كفر الدوار', 'رشيد'), 6.8],
  [place('19', 'التل الكبير', 'فايد', 'القنطرة'), 1.4],
  [place('21', 'الدقي', 'العجوزة', 'الهرم', 'إمبابة', 'السادس من أكتوبر'), 9.4],
  [place('22', 'الواسطى', 'ناصر', 'إهناسيا'), 3.5],
  [place('23', 'سنورس', 'إطسا', 'طامية'), 4],
  [place('24', 'ملوي', 'سمالوط', 'بني مزار'), 6.1],
  [place('25', 'ديروط', 'منفلوط', 'أبو تيج'), 4.9],
  [place('26', 'أخميم', 'جرجا', 'طهطا'), 5.6],
  [place('27', 'نجع حمادي', 'دشنا', 'قوص'), 3.5],
  [place('28', 'إدفو', 'كوم أمبو', 'دراو'), 1.6],
  [place('29', 'إسنا', 'أرمنت', 'الكرنك'), 1.3],
  [place('31', 'الغردقة', 'سفاجا', 'القصير'), 0.4],
  [place('32', 'الخارجة', 'الداخلة'), 0.3],
  [place('33', 'مرسى مطروح', 'الحمام', 'سيوة'), 0.5],
  [place('34', 'العريش', 'بئر العبد'), 0.4],
  [place('35', 'الطور', 'شرم الشيخ', 'دهب'), 0.1],
]);

const STREETS = [
  'شارع الجمهورية',
  'شارع النصر',
  'شارع عباس العقاد',
  'شارع مصطفى كامل',
  'شارع سعد زغلول',
  'شارع الهرم',
  'شارع ٢٦ يوليو',
  'شارع أحمد عرابي',
  'شارع الثورة',
  'شارع المدارس',
  'شارع الجيش',
  'حارة السقايين',
  'عزبة النخل',
  'شارع بورسعيد',
] as const;

/** The two address lines of a card and the code of the governorate they lie in. */
export interface Address {
  address: string;
  state: string;
  governorateCode: string;
}

export function addressOf(dice: Dice): Address {
  const { code, districts } = dice.weighted(PLACES);
  const house = dice.int(1, 180);
  const number = dice.chance(0.5) ? arabicDigits(String(house)) : String(house);
  const flat = dice.chance(0.3) ? ` - شقة ${dice.int(1, 24)}` : '';
  return {
    address: `${number} ${dice.pick(STREETS)}${flat}`,
    state: `${dice.pick(districts)} - ${GOVERNORATES[code]?.ar ?? code}`,
    governorateCode: code,
  };
}

/** Where somebody who lives at `address` was born: mostly there; one in 200 abroad (88). */
export function birthGovernorateOf(dice: Dice, address: Address): string {
  if (dice.chance(0.005)) return '88';
  return dice.chance(0.8) ? address.governorateCode : dice.weighted(PLACES).code;
}

/** ٠-٩ for 0-9. */
export function arabicDigits(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
}

function place(code: string, ...districts: string[]): Place {
  return { code, districts };
}
