import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { RunPageDto } from '@schema';
import { answerOf, api } from '../../api/client';
import { ApiError } from '../../api/problem';
import { bucketOf, lastTwoWeeks, rangeBefore, type RangeName, rangeOf } from './range';

/** The range of a query ends when it is asked, so that it moves with the clock. */
export const overview = (range: RangeName, when: 'now' | 'before') =>
  queryOptions({
    queryKey: ['/api/v1/stats/overview', range, when],
    queryFn: ({ signal }) => {
      const query = when === 'now' ? rangeOf(range) : rangeBefore(range);
      return answerOf(api.GET('/api/v1/stats/overview', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const applicants = (range: RangeName) =>
  queryOptions({
    queryKey: ['/api/v1/stats/applicants', range, 'outcome'],
    queryFn: ({ signal }) => {
      const query = { ...rangeOf(range), bucket: bucketOf(range), by: 'outcome' as const };
      return answerOf(api.GET('/api/v1/stats/applicants', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const governorates = (range: RangeName) =>
  queryOptions({
    queryKey: ['/api/v1/stats/applicants', range, 'governorate'],
    queryFn: ({ signal }) => {
      const query = { ...rangeOf(range), bucket: 'none' as const, by: 'governorate' as const };
      return answerOf(api.GET('/api/v1/stats/applicants', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const callbacks = (range: RangeName) =>
  queryOptions({
    queryKey: ['/api/v1/stats/callbacks', range],
    queryFn: ({ signal }) => {
      const query = { ...rangeOf(range), bucket: bucketOf(range) };
      return answerOf(api.GET('/api/v1/stats/callbacks', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** Callbacks of each hour of the last two weeks. */
export const WEEK_HOURS = queryOptions({
  queryKey: ['/api/v1/stats/callbacks', 'two weeks'],
  queryFn: ({ signal }) => {
    const query = { ...lastTwoWeeks(), bucket: 'hour' as const };
    return answerOf(api.GET('/api/v1/stats/callbacks', { params: { query }, signal }));
  },
});

/** The newest runs of reconciliation; there are none where eNROLL's API is not set up. Needs `reconciliation:read`. */
export const RUNS = queryOptions({
  queryKey: ['/api/v1/reconciliation/runs', 'newest'],
  queryFn: async ({ signal }) => {
    const runs = api.GET('/api/v1/reconciliation/runs', { params: { query: { limit: 24 } }, signal });
    return answerOf(runs).catch((error: unknown): RunPageDto => {
      if (error instanceof ApiError && error.code === 'ENROLL_NOT_CONFIGURED')
        return { items: [], nextCursor: null };
      throw error;
    });
  },
});

/** The first endpoints. Needs `endpoints:read`. */
export const ENDPOINTS = queryOptions({
  queryKey: ['/api/v1/endpoints', 'first'],
  queryFn: ({ signal }) =>
    answerOf(api.GET('/api/v1/endpoints', { params: { query: { limit: 8 } }, signal })),
});

/** One endpoint with its backlog. */
export const endpoint = (id: string) =>
  queryOptions({
    queryKey: ['/api/v1/endpoints', id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/endpoints/{id}', { params: { path: { id } }, signal })),
  });
