import { maskedElement } from './masked-element.js';

const shapeOf = (json: string) => maskedElement(Buffer.from(json));
const line = (json: string) => shapeOf(json).fields[0];

test('masks as an applicant is masked, and shows what is no secret', () => {
  const { kind, fields } = shapeOf(
    JSON.stringify({
      applicantId: 'A-1',
      isUpdate: 'maybe',
      firstName: 'منى أحمد',
      idNumber: '29703012357788',
      phoneNumbers: ['01068282888', '', null, { a: 1 }],
      emails: 'mona@example.com',
      address: '١٢ شارع التحرير',
      gender: null,
      status: 1,
    }),
  );
  expect(kind).toBe('object');
  expect(fields.map(({ name, kind: of, values }) => [name, of, values])).toEqual([
    ['applicantId', 'text', ['A-1']],
    ['isUpdate', 'text', ['maybe']],
    ['firstName', 'text', ['م••• أ•••']],
    ['idNumber', 'text', ['•••88']],
    ['phoneNumbers', 'list', ['•••88', '', '•••', '•••']],
    ['emails', 'text', ['m•••@•••']],
    ['address', 'text', ['•••']],
    ['gender', 'null', []],
    ['status', 'number', ['1']],
  ]);
});

test('of other names, and of what is nested or long, it shows that it is there', () => {
  const rest = { note: 'secret', applicants: [{ idNumber: '29703012357788' }], gender: 'x'.repeat(129) };
  const { fields } = shapeOf(JSON.stringify({ ...rest, firstName: { a: 'منى' }, nationality: [['EGY']] }));
  expect(fields.map(({ name, kind, values }) => [name, kind, values])).toEqual([
    ['note', 'text', ['•••']],
    ['applicants', 'list', ['•••']],
    ['gender', 'text', ['•••']],
    ['firstName', 'object', ['•••']],
    ['nationality', 'list', ['•••']],
  ]);
});

test('a key that was sent twice stands there twice, with both values, and the refusal names it', () => {
  const { fields } = shapeOf(
    '{"applicantId":"A-1","idNumber":"29703012357788","IDNUMBER":12345678901234567890}',
  );
  expect(fields).toMatchObject([
    { name: 'applicantId', refused: false },
    { name: 'idNumber', values: ['•••88'], refused: true },
    { name: 'IDNUMBER', kind: 'number', values: ['•••90'], refused: true },
  ]);
});

test.each([
  ['{"applicantId":""}', { name: 'applicantId', refused: true, values: [''] }],
  ['{"applicantid":"A-1","isUpdate":"x"}', { name: 'applicantid', refused: false, values: ['A-1'] }],
  ['{"firstName":""}', { name: 'firstName', refused: false, values: [''] }],
  ['{"\\u0061pplicantId":5.50}', { name: 'applicantId', values: ['5.50'] }],
  [`{"deep":${'['.repeat(300)}${']'.repeat(300)},"applicantId":"A-1"}`, { name: 'deep', refused: true }],
  [`{"file":"${'x'.repeat(1_100_000)}","applicantId":"A-1"}`, { refused: true, values: ['•••'] }],
])('%.40s', (json, expected) => expect(line(json)).toMatchObject(expected));

test.each([
  ['"no applicant: 29703012357788"', 'text'],
  ['17', 'number'],
  ['true', 'boolean'],
  ['null', 'null'],
  ['["a"]', 'list'],
])('%s is no applicant, and shows what it is alone', (json, kind) =>
  expect(shapeOf(json)).toEqual({ kind, fields: [], leftOff: 0 }),
);

test('of very many names, and of very long ones, some are left off', () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`n${at}`, at]));
  const { fields, leftOff } = shapeOf(JSON.stringify({ ['x'.repeat(500)]: 1, ...many }));
  expect([fields.length, leftOff, fields[0]!.name.length]).toEqual([200, 51, 100]);
});
