import type { Content } from '../enroll-contract/types.js';
import { differences, maskedDifferences } from './diff.js';

const content = (fields: Content['fields'], extras: Content['extras'] = {}): Content => ({ fields, extras });

describe('differences of two versions', () => {
  it('of the first version are everything it has', () => {
    expect(differences(null, content({ firstName: 'منى', emails: ['a@x.eg'] }, { loan: 1 }))).toEqual([
      { field: 'firstName', from: null, to: 'منى' },
      { field: 'emails', from: null, to: ['a@x.eg'] },
      { field: 'loan', from: null, to: 1 },
    ]);
  });

  it('name what was added, changed and removed, contract fields first, and nothing else', () => {
    const before = content({ firstName: 'منى', address: 'قديم', status: 1 }, { loan: { id: 1 }, gone: true });
    const after = content(
      { firstName: 'منى', address: 'جديد', state: 'الجيزة' },
      { loan: { id: 1 }, new: [] },
    );
    expect(differences(before, after)).toEqual([
      { field: 'address', from: 'قديم', to: 'جديد' },
      { field: 'status', from: 1, to: null },
      { field: 'state', from: null, to: 'الجيزة' },
      { field: 'gone', from: true, to: null },
      { field: 'new', from: null, to: [] },
    ]);
  });

  it('see lists and objects by their content, and lists by their order', () => {
    const before = content({ phoneNumbers: ['1', '2'] }, { a: { x: 1, y: [1] } });
    expect(differences(before, content({ phoneNumbers: ['1', '2'] }, { a: { y: [1], x: 1 } }))).toEqual([]);
    expect(differences(before, content({ phoneNumbers: ['2', '1'] }, { a: { x: 1, y: [2] } }))).toHaveLength(
      2,
    );
  });

  it('are masked by field; what is absent stays absent, and extras are masked whole', () => {
    const before = content({ idNumber: '29703012357788', status: 1 }, { idNumber: '1234567', a: 1 });
    const after = content({ status: 5, firstName: 'منى' }, { idNumber: '7654321' });
    expect(maskedDifferences(before, after)).toEqual([
      { field: 'idNumber', from: '•••88', to: null },
      { field: 'status', from: 1, to: 5 },
      { field: 'firstName', from: null, to: 'م•••' },
      { field: 'idNumber', from: '•••', to: '•••' },
      { field: 'a', from: '•••', to: null },
    ]);
  });
});
