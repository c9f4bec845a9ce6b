import { Anchor, Paper, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StatusDto } from '@schema';
import { useCan } from '../../app/session';
import { Light, type LightTone } from '../../components/Light';
import { useFormat } from '../../i18n/format';

interface Part {
  id: 'service' | 'callbacks' | 'images' | 'handingOn' | 'alerts';
  tone: LightTone;
  /** Why it is so, in words. */
  reason: string;
  to?: string;
  scope?: string;
}

/** Whether each part works, and why not. */
export function HealthStrip({ status }: { status: StatusDto }) {
  const { t } = useTranslation('overview');
  const can = useCan();
  return (
    <SimpleGrid
      cols={{ base: 1, xs: 2, md: 5 }}
      spacing="xs"
      mb="md"
      component="section"
      aria-label={t('health.title')}
    >
      {useParts(status).map(({ id, tone, reason, to, scope = '' }) => (
        <Paper key={id} withBorder px="sm" py="xs">
          <Light tone={tone}>
            {to !== undefined && can(scope) ? (
              <Anchor component={Link} to={to} size="sm" className="row-link">
                {t(`health.${id}`)}
              </Anchor>
            ) : (
              <Text span fw={600} size="sm">
                {t(`health.${id}`)}
              </Text>
            )}
          </Light>
          <Text size="xs" c="dimmed" component="div">
            <bdi>{reason}</bdi>
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function useParts({ health, callbacks, images, deliveries, alerts }: StatusDto): Part[] {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const last = callbacks.lastCallbackAt;
  const lastText =
    last === null ? t('health.neverCalled') : t('health.lastCallback', { time: format.time(last) });
  return [
    {
      id: 'service',
      tone: health.ready ? 'good' : 'bad',
      reason: health.ready ? t('health.ready') : health.reasons.join('; '),
    },
    {
      id: 'callbacks',
      tone: last === null ? 'quiet' : callbacks.isSilent === true ? 'warn' : 'good',
      reason: callbacks.isSilent === true ? `${t('health.silent')} ${lastText}` : lastText,
      to: '/receipts',
      scope: 'receipts:read',
    },
    { id: 'images', ...imagesOf(images), to: '/images', scope: 'applicants:read' },
    {
      id: 'handingOn',
      tone: deliveries.failing.length > 0 ? 'bad' : deliveries.dead > 0 ? 'warn' : 'good',
      reason:
        deliveries.failing.length > 0
          ? t('health.failing', { names: deliveries.failing.join(t('health.separator')) })
          : t('health.due', { count: deliveries.due }),
      to: '/endpoints',
      scope: 'endpoints:read',
    },
    {
      id: 'alerts',
      tone: alerts > 0 ? 'warn' : 'good',
      reason: t('health.openAlerts', { count: alerts }),
      to: '/alerts',
      scope: 'alerts:read',
    },
  ];

  function imagesOf({ configured, paused, fault, failed, waiting }: StatusDto['images']) {
    if (!configured) return { tone: 'quiet' as const, reason: t('health.notConfigured') };
    if (fault !== null) return { tone: 'bad' as const, reason: t('health.fault', { fault }) };
    if (paused) return { tone: 'warn' as const, reason: t('health.paused') };
    if (failed > 0) return { tone: 'warn' as const, reason: t('health.failedImages', { count: failed }) };
    return { tone: 'good' as const, reason: t('health.waiting', { count: waiting }) };
  }
}
