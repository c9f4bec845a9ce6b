import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { PageHeader } from '../../components/PageHeader';
import { Section } from '../../components/Section';
import { ChangePassword } from './ChangePassword';
import { OwnSessions } from './OwnSessions';
import { RenewRecoveryCodes } from './RenewRecoveryCodes';

/** What somebody does about themselves. */
export function Component() {
  const { t } = useTranslation(['account', 'shell']);
  const { name, displayName, roles = [] } = useMe();
  const roleNames = roles.map((role) => t(`shell:role.${role as 'viewer'}`, { defaultValue: role }));
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <Section title={t('who')}>
        <FactList
          facts={[
            [t('name'), <Name key="name">{displayName}</Name>],
            [t('login'), <Ltr key="login">{name.replace(/^user:/, '')}</Ltr>],
            [t('roles'), roleNames.join(t('shell:listSeparator'))],
          ]}
        />
      </Section>
      <OwnSessions />
      <Section title={t('password.title')}>
        <ChangePassword />
      </Section>
      <RenewRecoveryCodes />
    </>
  );
}
