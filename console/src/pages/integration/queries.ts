import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client';

/** The newest refusals at the URLs of eNROLL. Needs `receipts:read`. */
export const REFUSALS = queryOptions({
  queryKey: ['/api/v1/refusals', 'newest'],
  queryFn: ({ signal }) =>
    answerOf(api.GET('/api/v1/refusals', { params: { query: { limit: 10 } }, signal })),
});

/** The newest Callback-Tests. Needs `receipts:read`. */
export const PROBES = queryOptions({
  queryKey: ['/api/v1/probes', 'newest'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/probes', { params: { query: { limit: 50 } }, signal })),
});

/** The last callbacks at one of the URLs: a few, as the newest may be empty lists of tests. Needs `receipts:read`. */
export const lastReceipts = (kind: 'success' | 'fail') =>
  queryOptions({
    queryKey: ['/api/v1/receipts', 'last', kind],
    queryFn: ({ signal }) => {
      const query = { limit: 10, kind, source: 'callback' as const };
      return answerOf(api.GET('/api/v1/receipts', { params: { query }, signal }));
    },
  });

/** Needs `applicants:read`. */
export const MIRROR = queryOptions({
  queryKey: ['/api/v1/images/status'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/images/status', { signal })),
});

/** Needs `endpoints:read`. */
export const ENDPOINTS = queryOptions({
  queryKey: ['/api/v1/endpoints', 'all'],
  queryFn: ({ signal }) =>
    answerOf(api.GET('/api/v1/endpoints', { params: { query: { limit: 50 } }, signal })),
});

/** Needs `clients:read`. */
export const CLIENTS = queryOptions({
  queryKey: ['/api/v1/clients', 'all'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/clients', { params: { query: { limit: 50 } }, signal })),
});
