import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplayItemDto } from '@schema';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { causeOf } from './causes';

/** What the check without writing said. */
export function CheckResult({
  judged: { passes, overtaken, applicantId, code, reason },
}: {
  judged: ReplayItemDto;
}) {
  const { t } = useTranslation('quarantine');
  if (!passes)
    return (
      <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t('check.fails')} role="status">
        <Text size="sm">
          {code !== null && t(`cause.${causeOf(code)}`)} · <Name>{reason}</Name>
        </Text>
      </Alert>
    );
  return (
    <Alert
      color={overtaken ? 'orange' : 'teal'}
      variant="light"
      icon={overtaken ? <IconAlertTriangle /> : <IconCircleCheck />}
      title={t('check.passes')}
      role="status"
    >
      <Text size="sm">
        {t('check.applicant')} <Ltr>{applicantId}</Ltr>
      </Text>
      {overtaken && <Text size="sm">{t('check.overtaken')}</Text>}
    </Alert>
  );
}
