import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InvitationDto } from '@schema';
import { Dialog } from '../../components/Dialog';
import { Ltr } from '../../components/Ltr';
import { ShownOnce } from '../../components/ShownOnce';
import { When } from '../../components/When';

export function InvitationLink({
  invitation: { login, link, expiresAt },
  onClose,
}: {
  invitation: InvitationDto;
  onClose: () => void;
}) {
  const { t } = useTranslation('people');
  return (
    <Dialog title={t('link.title')} onClose={onClose}>
      <Text size="sm">
        {t('link.for')} <Ltr>{login}</Ltr>
      </Text>
      <ShownOnce value={link} label={t('link.label')} text={t('link.text')} />
      <Text size="sm">
        {t('link.until')} <When at={expiresAt} />
      </Text>
    </Dialog>
  );
}
