/** Values printed in our own examples and the usual placeholders; refused in production. */
export const DEMO_SECRETS = [
  'change-me',
  'changeme',
  'demo-secret',
  'example-secret',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
];
