import { Alert, Button, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import '@mantine/core/styles/List.css';
import { IconCircleCheck, IconFileZip } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { PageHeader } from '../../components/PageHeader';
import { isComplete, NOBODY, PersonFields } from '../../components/PersonFields';
import { Problem } from '../../components/Problem';
import { saveFile } from '../../components/save-file';
import { Section } from '../../components/Section';
import { useChange } from '../../components/useChange';

/** Everything that is held about one person, as a file for that person. */
export function Component() {
  const { t } = useTranslation('subject-access');
  const [person, setPerson] = useState(NOBODY);
  const take = useChange({
    run: () => {
      const value = person.value.trim();
      const whom = person.kind === 'applicantId' ? { applicantId: value } : { nationalId: value };
      const body = { ...whom, reason: person.reason.trim() };
      return answerOf(api.POST('/api/v1/subject-access', { body, parseAs: 'blob' }));
    },
    lists: [],
    onDone: (file) => {
      saveFile(file, 'subject-access.zip');
      setPerson(NOBODY);
    },
    isShownInPlace: true,
  });
  const submit = () => take.mutate();
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Section title={t('whom')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (isComplete(person)) submit();
            }}
          >
            <Stack gap="sm">
              <PersonFields person={person} onChange={setPerson} />
              {take.error !== null && <Problem error={take.error} />}
              {take.isSuccess && <BeforeHandingOut />}
              <Group>
                <Button
                  type="submit"
                  leftSection={<IconFileZip size={16} />}
                  loading={take.isPending}
                  disabled={!isComplete(person)}
                >
                  {t('send')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Section>
        <Section title={t('holds')}>
          <Contents />
        </Section>
      </SimpleGrid>
    </>
  );
}

function BeforeHandingOut() {
  const { t } = useTranslation('subject-access');
  return (
    <Alert color="teal" variant="light" icon={<IconCircleCheck />} title={t('done')} role="status">
      <List size="sm">
        <List.Item>{t('look')}</List.Item>
        <List.Item>{t('lookHolds')}</List.Item>
      </List>
    </Alert>
  );
}

const PARTS = ['versions', 'images', 'received', 'handedOn', 'looked', 'held'] as const;

function Contents() {
  const { t } = useTranslation('subject-access');
  return (
    <>
      <List size="sm" spacing={4}>
        {PARTS.map((part) => (
          <List.Item key={part}>{t(`part.${part}`)}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed" mt="sm">
        {t('recorded')}
      </Text>
    </>
  );
}
