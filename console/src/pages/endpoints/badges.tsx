import { useTranslation } from 'react-i18next';
import type { DeliveryDto, EndpointDto } from '@schema';
import { StateBadge } from '../../components/StateBadge';

const STATES = { active: 'good', paused: 'warn', disabled: 'bad' } as const;
const CIRCUITS = { closed: 'good', half_open: 'warn', open: 'bad' } as const;
const DELIVERIES = { due: 'warn', delivered: 'good', dead: 'bad' } as const;

export function EndpointBadge({ state }: Pick<EndpointDto, 'state'>) {
  const { t } = useTranslation('endpoints');
  return <StateBadge tone={STATES[state]}>{t(`state.${state}`)}</StateBadge>;
}

export function CircuitBadge({ circuit: { state } }: Pick<EndpointDto, 'circuit'>) {
  const { t } = useTranslation('endpoints');
  return <StateBadge tone={CIRCUITS[state]}>{t(`circuit.${state}`)}</StateBadge>;
}

export function DeliveryBadge({ state }: Pick<DeliveryDto, 'state'>) {
  const { t } = useTranslation('endpoints');
  return <StateBadge tone={DELIVERIES[state]}>{t(`delivery.${state}`)}</StateBadge>;
}
