import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';

const SEARCH_FILTERS = ['q', 'idNumber', 'phone', 'email', 'documentNumber'];

/** Says where the search of the list has gone, before its query is checked: personal data does not belong in a URL. */
@Injectable()
export class SearchMoved implements CanActivate {
  /** @throws Problem GONE */
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    const isSearch = Object.keys(query as object).some((name) => SEARCH_FILTERS.includes(name));
    if (isSearch) throw searchMoved();
    return true;
  }
}

export function searchMoved(): Problem {
  return new Problem(
    'GONE',
    'Search by POST /api/v1/applicants/search, with q, idNumber, phone, email or documentNumber in its JSON body; ' +
      'it takes the scope "applicants:search"',
  );
}
