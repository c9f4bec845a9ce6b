/** Path of the clients, and the key of their list. */
export const CLIENTS = '/api/v1/clients';
