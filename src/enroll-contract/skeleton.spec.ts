import { nameKey } from './arabic-name.js';
import { isOneLetterOff, nearOf } from './one-letter.js';
import { isSameName, joinLatinParticles } from './skeleton.js';

const isSame = (one: string, other: string) => isSameName(nameKey(one), nameKey(other));

describe('one name in two scripts', () => {
  it.each([
    ['Mohamed', 'محمد'],
    ['Muhammad', 'مُحَمَّد'],
    ['Mohammed', 'محمد'],
    ['Mohammed', 'Muhammad'],
    ['Mahmoud', 'محمود'],
    ['Ahmed', 'أحمد'],
    ['Abdelrahman', 'عبد الرحمن'],
    ['Osman', 'عثمان'],
    ['Fatimah', 'فاطمة'],
    // these stand in no list
    ['Shenouda', 'شنودة'],
    ['Elshenawy', 'الشناوي'],
    ['Ghoneim', 'غنيم'],
    ['Khattab', 'خطاب'],
    ['Tharwat', 'ثروت'],
    ['Nessim', 'نسيم'],
    ['Mamdouh', 'ممدوح'],
    ['Tawfik', 'توفيق'],
    ['Wagih', 'وجيه'],
    ['Yehia', 'يحيى'],
    ['Badawy', 'بدوي'],
    ['Elgendy', 'الجندي'],
  ])('%s is %s', (one, other) => {
    expect(isSame(one, other)).toBe(true);
    expect(isSame(other, one)).toBe(true);
  });

  it.each([
    ['Mohamed', 'محمود'],
    ['Mohamed', 'Mahmoud'],
    ['Ahmed', 'حامد'],
    ['Omar', 'عمرو'],
    ['Badawy', 'بدر'],
  ])('%s is not %s', (one, other) => expect(isSame(one, other)).toBe(false));

  it('two Arabic words are never taken for one name: their vowels are written', () => {
    expect(isSame('حسن', 'حسين')).toBe(false);
  });

  it('particles are joined in Latin letters as they are in Arabic', () => {
    expect(joinLatinParticles('mona abd el rahman el sayed')).toBe('mona abdelrahman elsayed');
  });
});

describe('one wrong letter', () => {
  it.each([
    ['محند', 'محمد'],
    ['محد', 'محمد'],
    ['محممد', 'محمد'],
    ['محدم', 'محمد'],
    ['بطرس', 'طرس'],
  ])('%s for %s', (typed, meant) => {
    expect(isOneLetterOff(typed, meant)).toBe(true);
    expect(isOneLetterOff(meant, typed)).toBe(true);
    expect(nearOf(typed).some((near) => nearOf(meant).includes(near))).toBe(true);
  });

  it.each([
    ['محمد', 'محمد'],
    ['محمد', 'احمدي'],
    ['حسام', 'حماس'],
    ['مي', 'مني'],
    ['علي', 'عل'],
  ])('not %s for %s', (typed, meant) => expect(isOneLetterOff(typed, meant)).toBe(false));
});
