/** Path of the mirror's status, and its key. */
export const STATUS = '/api/v1/images/status';
