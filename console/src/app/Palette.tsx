import { Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { IconId, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ApplicantItemDto } from '@schema';
import { Ltr } from '../components/Ltr';
import { Name } from '../components/Name';
import { OutcomeBadge } from '../components/OutcomeBadge';
import { titleOf } from '../components/Problem';
import { asApiError } from '../api/problem';
import { useEntries } from './entries';
import { findApplicants, isWorthSearching } from './find-applicants';
import { PALETTE } from './open-palette';
import { useCan } from './session';

/** Each search is recorded, and a person has 60 a minute: so only once somebody stops typing. */
const TYPING_MS = 450;

/** Goes to a page, or finds an applicant by name, id, phone or national id. It opens at once: somebody wanted it. */
export default function Palette() {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const entries = useEntries();
  const pages = entries.filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase()));
  useEffect(() => {
    spotlight.open();
    window.addEventListener(PALETTE, spotlight.open);
    return () => window.removeEventListener(PALETTE, spotlight.open);
  }, []);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} />}
      />
      <Spotlight.ActionsList>
        <Found query={query.trim()} open={(id) => void navigate(`/applicants/${encodeURIComponent(id)}`)} />
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.pages')}>
            {pages.map(({ path, label, icon: Icon }) => (
              <Spotlight.Action
                key={path}
                label={label}
                leftSection={<Icon size={18} />}
                onClick={() => void navigate(`/${path}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Found({ query, open }: { query: string; open: (applicantId: string) => void }) {
  const { t } = useTranslation('shell');
  const can = useCan();
  const [asked] = useDebouncedValue(query, TYPING_MS);
  const isWorth = can('applicants:search') && isWorthSearching(asked);
  const { data, error, isFetching } = useQuery({
    queryKey: ['palette', asked],
    queryFn: ({ signal }) => findApplicants(asked, signal),
    enabled: isWorth,
    gcTime: 0, // what was searched for is personal data
  });
  useEffect(() => {
    if (data !== undefined && data.length > 0) selectFirst();
  }, [data]);
  if (!isWorth) return null;
  if (isFetching || asked !== query) return <Hint>{t('palette.searching')}</Hint>;
  if (error !== null) return <Hint>{titleOf(asApiError(error))}</Hint>;
  if (data === undefined || data.length === 0) return <Hint>{t('palette.nobody')}</Hint>;
  return (
    <Spotlight.ActionsGroup label={t('palette.applicants')}>
      {data.map((applicant) => (
        <Spotlight.Action key={applicant.applicantId} onClick={() => open(applicant.applicantId)}>
          <FoundApplicant applicant={applicant} />
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  );
}

/** As the palette does by itself when somebody types: what is found comes later, and Enter opens what is selected. */
function selectFirst(): void {
  if (document.querySelector('[data-action][data-selected]') === null)
    document.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
}

function Hint({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed" px="sm" py="xs" role="status">
      {children}
    </Text>
  );
}

function FoundApplicant({ applicant }: { applicant: ApplicantItemDto }) {
  const { firstName, familyName, idNumber, outcome } = applicant;
  return (
    <Group gap="sm" wrap="nowrap" w="100%">
      <IconId size={18} />
      <Text size="sm" span>
        <Name>{[firstName, familyName].filter(Boolean).join(' ')}</Name>
      </Text>
      <Text size="xs" c="dimmed" span ms="auto">
        <Ltr>{idNumber ?? applicant.applicantId}</Ltr>
      </Text>
      <OutcomeBadge outcome={outcome} />
    </Group>
  );
}
