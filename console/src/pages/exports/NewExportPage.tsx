import { Alert, Button, Group, Radio, SimpleGrid, Text } from '@mantine/core';
import '@mantine/core/styles/Radio.css';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answerOf, api } from '../../api/client';
import { useCan } from '../../app/session';
import { ApplicantFilters } from '../../components/ApplicantFilters';
import { FILTERS, queryOf } from '../../components/applicant-filters';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { Section } from '../../components/Section';
import { useChange } from '../../components/useChange';
import { useFilters } from '../../components/useFilters';
import { ColumnChoice } from './ColumnChoice';
import { ALL_COLUMNS, COLUMNS, type ExportColumn, EXPORTS, FORMATS, isSensitive } from './exports';

type Format = (typeof FORMATS)[number];

/** Asks for a file: of whom, in which format, with which columns. The filters stand in the URL, as in the list of applicants. */
export function Component() {
  const { t } = useTranslation('exports');
  const navigate = useNavigate();
  const filters = useFilters(FILTERS);
  const [format, setFormat] = useState<Format>('xlsx');
  const [columns, setColumns] = useState<readonly ExportColumn[]>(COLUMNS.usual);
  const [masked, setMasked] = useState(true);
  const create = useChange({
    run: () => {
      const ordered = ALL_COLUMNS.filter((column) => columns.includes(column));
      const filter = queryOf(filters.values);
      return answerOf(
        api.POST(EXPORTS, { body: { what: 'applicants', format, filter, columns: ordered, masked } }),
      );
    },
    lists: [EXPORTS],
    said: () => t('new.done'),
    onDone: () => void navigate('/exports'),
    isShownInPlace: true,
  });
  return (
    <>
      <PageHeader title={t('new.title')} text={t('new.text')} />
      <Section title={t('new.who')}>
        <ApplicantFilters filters={filters} />
        <Text size="sm" c="dimmed">
          {t(filters.isAny ? 'new.someText' : 'new.allText')}
        </Text>
      </Section>
      <Section title={t('new.format')}>
        <FormatChoice format={format} onChange={setFormat} />
      </Section>
      <ColumnChoice columns={columns} onChange={setColumns} />
      {columns.some(isSensitive) && <MaskChoice masked={masked} onChange={setMasked} />}
      {create.error !== null && <Problem error={create.error} />}
      <Group mt="md">
        <Button loading={create.isPending} disabled={columns.length === 0} onClick={() => create.mutate()}>
          {t('new.send')}
        </Button>
        <Button variant="default" component={Link} to="/exports">
          {t('new.back')}
        </Button>
      </Group>
    </>
  );
}

function FormatChoice({ format, onChange }: { format: Format; onChange: (format: Format) => void }) {
  const { t } = useTranslation('exports');
  return (
    <Radio.Group aria-label={t('new.format')} value={format} onChange={(value) => onChange(value)}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        {FORMATS.map((one) => (
          <Radio key={one} value={one} label={t(`format.${one}`)} description={t(`formatText.${one}`)} />
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

/** Nobody is offered what the server would refuse. */
function MaskChoice({ masked, onChange }: { masked: boolean; onChange: (masked: boolean) => void }) {
  const { t } = useTranslation('exports');
  const can = useCan();
  if (!can('pii:read'))
    return (
      <Alert color="petrol" variant="light" icon={<IconEye />} title={t('mask.always')}>
        {t('mask.alwaysText')}
      </Alert>
    );
  return (
    <Section title={t('mask.title')}>
      <Radio.Group
        aria-label={t('mask.title')}
        value={masked ? 'masked' : 'shown'}
        onChange={(value) => onChange(value === 'masked')}
      >
        <Group>
          <Radio value="masked" label={t('masked')} />
          <Radio value="shown" label={t('shown')} description={t('mask.shownText')} />
        </Group>
      </Radio.Group>
    </Section>
  );
}
