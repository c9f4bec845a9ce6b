/** Path of the holds, and the key of their list. */
export const HOLDS = '/api/v1/holds';
