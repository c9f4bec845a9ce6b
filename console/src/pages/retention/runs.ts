/** Path of the runs, and the key of their list. */
export const RUNS = '/api/v1/retention/runs';
