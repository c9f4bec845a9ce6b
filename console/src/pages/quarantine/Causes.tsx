import { Group, SimpleGrid, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { DataArea } from '../../components/DataArea';
import { Ltr } from '../../components/Ltr';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { causeOf } from './causes';
import './quarantine.css';

const COUNTS = '/api/v1/quarantine/counts';

interface Props {
  chosen: string | undefined;
  /** Shows only what was refused for this cause; null shows all. */
  choose: (code: string | null) => void;
}

/** What is open, by cause. Each is a button that shows its elements below. */
export function Causes({ chosen, choose }: Props) {
  const { t } = useTranslation('quarantine');
  const format = useFormat();
  const query = useQuery({
    queryKey: ['/api/v1/quarantine', 'counts'],
    queryFn: ({ signal }) => answerOf(api.GET(COUNTS, { signal })),
    select: ({ items, complete }) => ({ open: items.filter(({ state }) => state === 'open'), complete }),
  });
  return (
    <DataArea query={query} skeleton={<Skeleton height={76} mb="md" />}>
      {({ open, complete }) =>
        open.length === 0 ? null : (
          <SimpleGrid
            cols={{ base: 1, xs: 2, md: 3, lg: 4 }}
            spacing="xs"
            mb="md"
            role="group"
            aria-label={t('causes')}
          >
            {open.map(({ code, count, newestAt }) => (
              <UnstyledButton
                key={code}
                className="cause"
                aria-pressed={code === chosen}
                onClick={() => choose(code === chosen ? null : code)}
              >
                <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
                  <Text size="sm" fw={600} span>
                    {t(`cause.${causeOf(code)}`)}
                  </Text>
                  <Text size="lg" fw={600} lh={1.2} span>
                    {format.number(count)}
                    {!complete && '+'}
                  </Text>
                </Group>
                <Text size="xs" c="dimmed" span>
                  {t('newest')} <When at={newestAt} /> {causeOf(code) === 'OTHER' && <Ltr>{code}</Ltr>}
                </Text>
              </UnstyledButton>
            ))}
          </SimpleGrid>
        )
      }
    </DataArea>
  );
}
