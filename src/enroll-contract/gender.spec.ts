import { parseGender } from './gender.js';

test.each([
  ...['M', 'm', 'Male', 'MALE', ' male ', '1', '١', '۱', 'ذكر', 'ذَكَر', 'ذکر'].map((text) => [text, 'M']),
  ...['F', 'f', 'Female', 'FEMALE', '2', '٢', '۲', 'أنثى', 'انثى', 'انثي', 'أنثي'].map((text) => [text, 'F']),
  ...['', 'x', '0', '3', '12', 'mf', 'man', 'Males', 'غير معروف'].map((text) => [text, undefined]),
])('A20: %j is %s', (text, gender) => {
  expect(parseGender(text!)).toBe(gender);
});
