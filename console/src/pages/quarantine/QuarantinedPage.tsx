import { Anchor, Button, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { IconArchive, IconArrowLeft, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { QuarantineDto } from '@schema';
import { useCan } from '../../app/session';
import { DataArea } from '../../components/DataArea';
import { Name } from '../../components/Name';
import { PageHeader } from '../../components/PageHeader';
import { Section } from '../../components/Section';
import { causeOf, isMendable } from './causes';
import { DiscardDialog } from './DiscardDialog';
import { ElementFacts } from './ElementFacts';
import { FixForm } from './FixForm';
import { Received } from './Received';
import { ReplayDialog } from './ReplayDialog';

/** One element that could not be taken: why, and what can be done. */
export function Component() {
  const { t } = useTranslation('quarantine');
  const { quarantineId = '' } = useParams();
  const query = useQuery({
    queryKey: ['/api/v1/quarantine', quarantineId],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/quarantine/{id}', { params: { path: { id: quarantineId } }, signal })),
  });
  const item = query.data;
  return (
    <>
      <Anchor component={Link} to="/quarantine" size="sm" className="row-link">
        <IconArrowLeft size={14} className="turns" aria-hidden /> {t('title')}
      </Anchor>
      <PageHeader title={item === undefined ? t('element') : t(`cause.${causeOf(item.code)}`)}>
        {item?.state === 'open' && <Actions item={item} />}
      </PageHeader>
      <DataArea query={query} skeleton={<Skeleton height={320} />}>
        {(found) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <div>
              <Section title={t('why')}>
                <Why item={found} />
              </Section>
              <Section title={t('what')}>
                <ElementFacts item={found} />
              </Section>
            </div>
            <div>
              <Mending key={found.id} item={found} />
            </div>
          </SimpleGrid>
        )}
      </DataArea>
    </>
  );
}

function Actions({ item: { id } }: { item: QuarantineDto }) {
  const { t } = useTranslation('quarantine');
  const can = useCan();
  const [open, setOpen] = useState<'replay' | 'discard'>();
  if (!can('quarantine:write')) return null;
  const close = () => setOpen(undefined);
  return (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => setOpen('replay')}>
        {t('replay.one')}
      </Button>
      <Button variant="default" leftSection={<IconArchive size={16} />} onClick={() => setOpen('discard')}>
        {t('discard.open')}
      </Button>
      {open === 'replay' && <ReplayDialog request={{ ids: [id] }} onClose={close} />}
      {open === 'discard' && <DiscardDialog id={id} onClose={close} />}
    </>
  );
}

function Why({ item: { code, reason } }: { item: QuarantineDto }) {
  const { t } = useTranslation('quarantine');
  return (
    <Stack gap="sm">
      <Text size="sm">{t(`meaning.${causeOf(code)}`)}</Text>
      <Text size="sm">
        <Text span fw={600} inherit>
          {t('remedyIs')}
        </Text>{' '}
        {t(`remedy.${causeOf(code)}`)}
      </Text>
      <Text size="xs" c="dimmed">
        {t('serverSays')} <Name>{reason}</Name>
      </Text>
    </Stack>
  );
}

/** What was received, and the form that mends it, for those who may. */
function Mending({ item }: { item: QuarantineDto }) {
  const { t } = useTranslation('quarantine');
  const can = useCan();
  return (
    <>
      <Received item={item} />
      {item.state === 'open' && can('quarantine:write') && isMendable(item.code) && (
        <Section title={t('fix.title')}>
          <FixForm item={item} />
        </Section>
      )}
    </>
  );
}
