import { GOVERNORATES } from './governorates.js';

test('the 28 codes of the contract are known, in both languages', () => {
  expect(
    Object.entries(GOVERNORATES)
      .map(([code, { en }]) => `${code} ${en}`)
      .sort()
      .join(', '),
  ).toBe(
    '01 Cairo, 02 Alexandria, 03 Port Said, 04 Suez, 11 Damietta, 12 Dakahlia, 13 Sharqia, 14 Qalyubia, ' +
      '15 Kafr El Sheikh, 16 Gharbia, 17 Monufia, 18 Beheira, 19 Ismailia, 21 Giza, 22 Beni Suef, 23 Fayoum, ' +
      '24 Minya, 25 Assiut, 26 Sohag, 27 Qena, 28 Aswan, 29 Luxor, 31 Red Sea, 32 New Valley, 33 Matrouh, ' +
      '34 North Sinai, 35 South Sinai, 88 Abroad',
  );
  expect(Object.values(GOVERNORATES).filter(({ ar }) => !/^[\u0621-\u064a ]{3,}$/.test(ar))).toEqual([]);
  expect(new Set(Object.values(GOVERNORATES).map(({ ar }) => ar)).size).toBe(28);
});
