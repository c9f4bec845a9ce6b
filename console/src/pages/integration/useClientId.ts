import { useQuery } from '@tanstack/react-query';
import type { StatusDto } from '@schema';
import { useCan } from '../../app/session';
import { CLIENTS } from './queries';

/** Of the client that asked last, or of the one that there is. */
export function useClientId({ tokens }: StatusDto): string | undefined {
  const can = useCan();
  const clients = useQuery({ ...CLIENTS, enabled: can('clients:read') });
  return tokens[0]?.clientId ?? clients.data?.items.find(({ disabledAt }) => disabledAt === null)?.clientId;
}
