/** Paths of the API, and the keys of what they answer. */
export const RUNS = '/api/v1/reconciliation/runs';
export const GAPS = '/api/v1/reconciliation/gaps';
export const STATEMENT = '/api/v1/reconciliation/statement';
