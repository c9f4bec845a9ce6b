import { beyondRefusal } from './patch-limits.js';

const LARGE = `"${'x'.repeat(1024 * 1024)}"`;
const DEEP = `${'['.repeat(300)}${']'.repeat(300)}`;

describe('a patch goes beyond what was refused', () => {
  it.each([
    ['{"applicantId":""}', { applicantId: 'x' }, []],
    ['{"ApplicantID":""}', { applicantid: 'x' }, []],
    ['{"applicantId":"a","isUpdate":"?"}', { isUpdate: true }, []],
    ['{"applicantId":"","isUpdate":"?"}', { applicantId: 'x', isUpdate: null }, []],
    ['{"applicantId":"","isUpdate":"?"}', { applicantId: 'x' }, []],
    ['{"applicantId":"a","firstName":"x","firstName":"y"}', { firstName: 'x' }, []],
    ['{"applicantId":"a","firstName":"x","FIRSTNAME":"y"}', { firstName: 'x' }, []],
    ['{"applicantId":"a","extra":1,"extra":2}', {}, []],
    ['{"applicantId":"a","x":{"a":1,"a":2}}', {}, []],
    ['{"applicantId":"a","__proto__":1}', {}, []],
    [`{"applicantId":"a","deep":${DEEP}}`, { deep: null }, []],
    [`{"applicantId":"a","address":{"x":${DEEP}}}`, { address: null }, []],

    [`{"applicantId":"a","large":${LARGE}}`, { large: null }, []],
    [`{"applicantId":"","address":${LARGE}}`, { address: 'x', applicantId: 'a' }, []],

    ['{"applicantId":""}', { applicantId: 'x', status: 1 }, ['status']],
    [`{"applicantId":"a","firstName":"x","large":${LARGE}}`, { large: null, firstName: 'y' }, ['firstname']],
    ['{"applicantId":""}', { applicantId: 'x', STATUS: 1, firstName: 'y' }, ['status', 'firstname']],
    ['{"applicantId":"a","isUpdate":"?"}', { isUpdate: true, applicantId: 'b' }, ['applicantid']],
    ['{"applicantId":"a","isUpdate":"?"}', { note: 1 }, ['note']],
    ['{"applicantId":"a"}', { applicantId: 'b' }, ['applicantid']],
    ['{"applicantId":"a","firstName":"x","firstName":"y"}', {}, ['firstname']],
    ['{"applicantId":"a","applicantId":"b"}', {}, ['applicantid']],
    ['{"applicantId":"a","status":5,"status":1}', {}, ['status']],
    ['{"applicantId":"a","status":5,"status":1}', { status: 1 }, ['status']],
    ['{"applicantId":"a","applicantId":"a","status":5,"status":1}', { applicantId: 'a' }, ['status']],
    [`{"applicantId":"a","deep":${DEEP}}`, { deep: null, status: 1 }, ['status']],
    ['"a"', { applicantId: 'a' }, ['applicantid']],
    ['"a"', {}, []],
  ])('%s with %j: %j', (element, patch, beyond) => {
    expect(beyondRefusal(Buffer.from(element), patch)).toEqual(beyond);
  });
});
