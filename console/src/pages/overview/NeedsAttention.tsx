import { Button, Group, List, Text, ThemeIcon } from '@mantine/core';
import '@mantine/core/styles/List.css';
import { IconAlertTriangle, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StatusDto } from '@schema';
import { useCan } from '../../app/session';
import { Section } from '../../components/Section';
import { type Attention, attentionOf } from './attention';

/** What needs somebody, each with the way to the page that goes on. */
export function NeedsAttention({ status }: { status: StatusDto }) {
  const { t } = useTranslation('overview');
  const all = attentionOf(status);
  return (
    <Section title={t('attention.title')}>
      {all.length === 0 ? (
        <Group gap="xs" wrap="nowrap">
          <ThemeIcon color="teal" variant="light" size="sm">
            <IconCircleCheck size={14} />
          </ThemeIcon>
          <Text size="sm">{t('attention.nothing')}</Text>
        </Group>
      ) : (
        <List listStyleType="none" spacing={0} className="attention">
          {all.map((one) => (
            <List.Item key={one.what}>
              <Line one={one} />
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}

function Line({ one }: { one: Attention }) {
  const { t } = useTranslation('overview');
  const can = useCan();
  const { to, scope } = one;
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap" py={6}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <ThemeIcon color="orange" variant="light" size="sm">
          <IconAlertTriangle size={14} />
        </ThemeIcon>
        <Text size="sm">
          <Words one={one} />
        </Text>
      </Group>
      {to !== undefined && (scope === undefined || can(scope)) && (
        <Button
          component={Link}
          to={to}
          variant="default"
          size="compact-sm"
          className="whole"
          rightSection={<IconChevronRight size={14} className="turns" />}
        >
          {t('attention.goOn')}
        </Button>
      )}
    </Group>
  );
}

function Words({ one: { key, count, about, what } }: { one: Attention }) {
  const { t } = useTranslation('overview');
  if (key === undefined) return <bdi>{what}</bdi>;
  return (
    <>
      {t(`attention.${key}`, { count: count ?? 0 })}
      {about !== null && (
        <>
          {' '}
          <bdi dir="ltr">{about}</bdi>
        </>
      )}
    </>
  );
}
