import { type Dice, weighted } from './dice.js';

/** Given names with rough weights: as in Egypt, a handful of them names a third of the people. */
const MEN = weighted([
  ['محمد', 180],
  ['أحمد', 110],
  ['محمود', 62],
  ['مصطفى', 40],
  ['علي', 38],
  ['حسن', 30],
  ['إبراهيم', 34],
  ['عبد الرحمن', 24],
  ['عبد الله', 26],
  ['خالد', 22],
  ['عمرو', 18],
  ['يوسف', 24],
  ['عمر', 22],
  ['كريم', 15],
  ['طارق', 14],
  ['حسام', 13],
  ['وليد', 12],
  ['سيد', 16],
  ['السيد', 20],
  ['رمضان', 10],
  ['شريف', 9],
  ['هشام', 9],
  ['ياسر', 9],
  ['أشرف', 10],
  ['عادل', 11],
  ['سامح', 8],
  ['إسلام', 11],
  ['مؤمن', 5],
  ['زياد', 7],
  ['جمال', 10],
  ['صلاح', 9],
  ['عبد الفتاح', 5],
  ['عبد العزيز', 6],
  ['أبو بكر', 3],
  ['مينا', 8],
  ['جرجس', 4],
  ['بيشوي', 4],
  ['مرقس', 2],
  ['رامي', 7],
  ['تامر', 7],
  ['فتحي', 6],
  ['ماجد', 5],
  ['نور الدين', 3],
  ['علاء', 8],
  ['رضا', 7],
  ['هاني', 8],
  ['بلال', 3],
  ['زكريا', 3],
]);

const WOMEN = weighted([
  ['فاطمة', 60],
  ['مريم', 48],
  ['آية', 40],
  ['نورهان', 26],
  ['سارة', 34],
  ['هدى', 22],
  ['منى', 26],
  ['أسماء', 34],
  ['إيمان', 30],
  ['شيماء', 24],
  ['زينب', 26],
  ['دعاء', 20],
  ['هبة', 22],
  ['ياسمين', 22],
  ['سلمى', 18],
  ['ندى', 16],
  ['رانيا', 14],
  ['أميرة', 16],
  ['نجلاء', 10],
  ['عائشة', 12],
  ['خديجة', 8],
  ['سعاد', 10],
  ['كريمة', 6],
  ['هاجر', 10],
  ['مارينا', 6],
  ['كيرستينا', 3],
  ['دينا', 14],
  ['ريهام', 10],
  ['رضوى', 7],
  ['أم كلثوم', 1],
  ['هند', 9],
  ['نهى', 10],
]);

const FAMILIES = weighted([
  ['السيد', 40],
  ['حسن', 30],
  ['إبراهيم', 30],
  ['عبد العال', 10],
  ['الشريف', 8],
  ['المصري', 9],
  ['الشافعي', 7],
  ['عبد الحميد', 14],
  ['سليمان', 16],
  ['عثمان', 12],
  ['منصور', 12],
  ['الجندي', 8],
  ['البنا', 6],
  ['النجار', 10],
  ['الحداد', 6],
  ['شعبان', 12],
  ['أبو العلا', 5],
  ['أبو زيد', 7],
  ['الصعيدي', 4],
  ['المنشاوي', 3],
  ['زغلول', 3],
  ['بدوي', 8],
  ['عبد الجواد', 6],
  ['الدسوقي', 6],
  ['القاضي', 6],
  ['حنفي', 5],
  ['غنيم', 5],
  ['يعقوب', 4],
  ['بطرس', 4],
  ['ميخائيل', 4],
  ['الطنطاوي', 3],
  ['الفيومي', 2],
  ['البحيري', 3],
  ['هيكل', 2],
]);

/** The two lines of a name as an Egyptian card prints them: own name, then father's, grandfather's and family name. */
export interface NameLines {
  firstName: string;
  familyName: string;
}

/** Draws a name. The first line has 1-4 words, the second 2-6 (compound names such as عبد الرحمن count as two). */
export function nameOf(dice: Dice, male: boolean): NameLines {
  const given = dice.weighted(male ? MEN : WOMEN);
  const father = dice.weighted(MEN);
  const grandfather = dice.weighted(MEN);
  const last = dice.weighted(dice.chance(0.6) ? FAMILIES : MEN);
  const spelled = dice.chance(0.15) ? typedInAHurry : (name: string) => name;
  return dice.chance(0.4)
    ? { firstName: spelled(given), familyName: spelled([father, grandfather, last].join(' ')) }
    : { firstName: spelled(`${given} ${father}`), familyName: spelled(`${grandfather} ${last}`) };
}

/** The everyday misspellings that a search must see through: bare alef, final ه for ة, final ي for ى. */
function typedInAHurry(name: string): string {
  return name
    .replace(/[أإآ]/g, 'ا')
    .replace(/ة(?= |$)/g, 'ه')
    .replace(/ى(?= |$)/g, 'ي')
    .replace('عبد ', 'عبد');
}
