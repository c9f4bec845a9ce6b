import type { ReplayDto } from '../inbox/quarantine.dto.js';
import { type Call, option, stateOption } from './calls.js';
import { FILTER, FIX, fixOf, REPLAY, replayItems } from './replaying.js';

/** Elements that could not be taken. */
export const QUARANTINE: Readonly<Record<string, readonly Call[]>> = {
  quarantine: [
    {
      verb: 'list',
      says: 'elements in quarantine, newest first',
      ask: 'GET /quarantine',
      options: [...FILTER, stateOption(['open', 'replayed', 'discarded'], 'open')],
      paged: true,
      columns: ['id', 'receivedAt', 'kind', 'applicantId', 'code', 'state', 'reason'],
    },
    {
      verb: 'show <id>',
      says: 'one element as it was received; this is recorded',
      ask: 'GET /quarantine/{id}',
    },
    {
      verb: 'fix <id>',
      says: 'patch an element and send it in again',
      ask: 'POST /quarantine/{id}/fix',
      options: FIX,
      body: fixOf,
    },
    {
      verb: 'replay [ids...]',
      says: 'send elements in again as they are, oldest first; without --yes a dry run',
      ask: 'POST /quarantine/replay',
      options: REPLAY,
      run: async (context, ids, typed) => {
        const api = await context.api();
        const replay = (body: object) =>
          api.ask('POST', '/quarantine/replay', { ...body }) as Promise<ReplayDto>;
        await replayItems(context, replay, ids, typed);
      },
    },
    {
      verb: 'discard <id>',
      says: 'put an element aside for good; it is kept',
      ask: 'POST /quarantine/{id}/discard',
      options: [option('--reason <text>', 'why; kept with the element').makeOptionMandatory()],
    },
  ],
};
