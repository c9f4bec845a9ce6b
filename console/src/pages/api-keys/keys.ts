import type { CreateApiKeyBody } from '@schema';

/** Path of the API keys, and the key of their list. */
export const KEYS = '/api/v1/api-keys';

export type KeyScope = CreateApiKeyBody['scopes'][number];
