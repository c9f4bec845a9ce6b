import { Button, CopyButton, Group, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Ltr } from './Ltr';

/** Recovery codes, which are shown this once. */
export function RecoveryCodeList({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation('common');
  return (
    <>
      <SimpleGrid cols={1} spacing={4} component="ul" className="codes">
        {codes.map((code) => (
          <li key={code}>
            <Ltr>{code}</Ltr>
          </li>
        ))}
      </SimpleGrid>
      <Group>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('copied') : t('copyAll')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </>
  );
}
