/** Elements that no receiver can take (M6 hard), to lie among good ones. */
export const BROKEN_ELEMENTS: readonly Record<string, unknown>[] = [
  { isUpdate: false, firstName: 'بلا رقم', status: 1 },
  { isUpdate: false, applicantId: '   ', status: 1 },
  { isUpdate: false, applicantId: { nested: true }, status: 1 },
  { isUpdate: 'perhaps', applicantId: 'broken-is-update', status: 1 },
  { isUpdate: false, applicantId: 'x'.repeat(129), status: 1 },
];

interface BadBody {
  expects: number;
  contentType: string;
  body(): Buffer;
}

/** Bodies that are no list of applicants (M4, M5), and what the contract answers. */
export const MALFORMED_BODIES: readonly BadBody[] = [
  bad(400, 'application/json', '[{"isUpdate":false,"applicantId":"cut-off'),
  bad(400, 'application/json', 'hello'),
  bad(400, 'application/json', '42'),
  bad(415, 'application/xml', '<applicants><applicant id="1"/></applicants>'),
  { expects: 415, contentType: 'application/json', body: () => Buffer.from('\ufeff[]', 'utf16le') },
];

/** A list of one applicant whose address alone is larger than any body may be. */
export function oversizedBody(bytes: number): Buffer {
  const body = Buffer.alloc(bytes, 0x20);
  body.write('[{"isUpdate":false,"applicantId":"oversized","address":"');
  body.write('"}]', bytes - 3);
  return body;
}

function bad(expects: number, contentType: string, text: string): BadBody {
  return { expects, contentType, body: () => Buffer.from(text) };
}
