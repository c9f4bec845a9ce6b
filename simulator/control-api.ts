import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { deliverySchema } from './callbacks.js';
import type { FaultRequest } from './misbehaviour.js';
import { mixSchema } from './mix.js';
import type { Simulator } from './simulator.js';

const enrollBody = z.strictObject({
  count: z.number().int().min(1).max(1_000_000),
  mix: mixSchema.optional(),
  delivery: deliverySchema.optional(),
  correlationId: z.string().optional(),
});
const rememberBody = z.strictObject({
  count: z.number().int().min(1).max(10_000_000),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});

/**
 * The endpoints below `/__simulator`, for tests and demos that run in another process. They ask for no credentials: keep the simulator
 * on loopback.
 */
export function registerControl(server: FastifyInstance, simulator: Simulator): void {
  server.get('/__simulator/state', () => simulator.state());
  server.get('/__simulator/withheld', () => simulator.withheld());
  server.get('/__simulator/faults', () => simulator.state().faults);
  server.post('/__simulator/faults', (request, reply) =>
    attempt(reply, () => {
      const { faults } = z.strictObject({ faults: z.array(z.unknown()) }).parse(request.body);
      simulator.faults(...(faults as FaultRequest[]));
      return simulator.state().faults;
    }),
  );
  server.delete('/__simulator/faults', () => {
    simulator.faults();
    return [];
  });
  server.post('/__simulator/expire-tokens', () => {
    simulator.expireTokens();
    return { expired: true };
  });
  server.post('/__simulator/enroll', (request, reply) =>
    attempt(reply, () => {
      const { count, ...options } = enrollBody.parse(request.body);
      return simulator.enroll(count, options);
    }),
  );
  server.post('/__simulator/remember', (request, reply) =>
    attempt(reply, () => {
      const { count, from, to } = rememberBody.parse(request.body);
      simulator.remember(count, timeOf(from), timeOf(to));
      return simulator.state();
    }),
  );
}

/** Whatever is wrong with a control request is its sender's to see. */
async function attempt(reply: FastifyReply, action: () => unknown): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return reply.code(400).send({ message });
  }
}

function timeOf(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : Date.parse(iso);
}
