import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { refusalOf } from './refusal-codes';

/** Why a call was refused, and what to do. Its texts are in the area `receipts`. */
export function Refusal({ code }: { code: string }) {
  const { t } = useTranslation('receipts');
  return (
    <Stack gap={0} maw={340}>
      <Text size="sm" fw={600}>
        {t(`refusal.${refusalOf(code)}`)}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`remedy.${refusalOf(code)}`)}
      </Text>
    </Stack>
  );
}
