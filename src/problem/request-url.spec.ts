import { askedUrl, normalUrl } from './request-url.js';

describe('A35: the one spelling of a URL', () => {
  test.each([
    ['/', '/'],
    ['/callbacks/success', '/callbacks/success'],
    ['/callbacks/success/', '/callbacks/success'],
    ['/callbacks/success//', '/callbacks/success'],
    ['//callbacks///success', '/callbacks/success'],
    ['//', '/'],
    ['http://rollcall.example/callbacks/success', '/callbacks/success'],
    ['HTTPS://rollcall.example:8443/callbacks/success/?a=1', '/callbacks/success?a=1'],
    ['http://rollcall.example', '/'],
    ['http://rollcall.example?a=1', '/?a=1'],
    ['/%63allbacks/%73uccess', '/callbacks/success'],
    ['/callbacks/succe%73s%2F', '/callbacks/success%2F'],
    ['/callbacks/success#top', '/callbacks/success'],
  ])('%s is %s', (asked, normal) => {
    expect(normalUrl(asked)).toBe(normal);
  });

  test.each([
    ['an id with an encoded slash', '/api/v1/applicants/a%2Fb', '/api/v1/applicants/a%2Fb'],
    ['an id that ends in one', '/api/v1/applicants/a%2f', '/api/v1/applicants/a%2f'],
    ['an encoded percent sign', '/api/v1/applicants/%2541', '/api/v1/applicants/%2541'],
    ['letters that are no ASCII', '/api/v1/applicants/%D9%85', '/api/v1/applicants/%D9%85'],
    ['reserved characters', '/api/v1/applicants/%3F%23%26', '/api/v1/applicants/%3F%23%26'],
    ['what is no encoding', '/api/v1/applicants/%zz%', '/api/v1/applicants/%zz%'],
    ['a query', '/api/v1/changes/?after=%41//%2F/', '/api/v1/changes?after=%41//%2F/'],
    ['the asterisk form', '*', '*'],
    ['dots', '/callbacks/../metrics', '/callbacks/../metrics'],
    ['encoded dots, as dots', '/callbacks/%2e%2E/metrics', '/callbacks/../metrics'],
  ])('%s keeps its meaning', (_, asked, normal) => {
    expect(normalUrl(asked)).toBe(normal);
  });

  test('a URL that is normal stays as it is, and once is enough', () => {
    for (const asked of ['//a//%61/', 'http://x//', '/%2525/']) {
      const once = normalUrl(asked);
      expect(normalUrl(once)).toBe(once);
    }
  });
});

test.each([
  ['//callbacks//fail/?tenant=1', '//callbacks//fail/'],
  ['http://rollcall.example/%63allbacks', 'http://rollcall.example/%63allbacks'],
  ['http://user:password@x@rollcall.example/callbacks?a@b', 'http://rollcall.example/callbacks'],
  ['/callbacks/a@b', '/callbacks/a@b'],
  [`/callbacks/${'a'.repeat(600)}`, `/callbacks/${'a'.repeat(501)}`],
])('%s is shown as it was asked, without a query and a user', (asked, shown) => {
  expect(askedUrl(asked)).toBe(shown);
});
