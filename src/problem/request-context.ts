import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a request of the management API comes from. */
export interface RequestContext {
  address: string;
  requestId: string;
}

/** The request at hand, for records that are written deep below its controller; outside of one there is none. */
export const requestContext = new AsyncLocalStorage<RequestContext>();
