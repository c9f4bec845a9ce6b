import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Role, ROLES } from './users';

/** Several roles of one person add up. */
export function RoleChoice({ value, onChange }: { value: Role[]; onChange: (roles: Role[]) => void }) {
  const { t } = useTranslation(['people', 'shell']);
  return (
    <Checkbox.Group
      label={t('column.roles')}
      value={value}
      onChange={(roles) => onChange(ROLES.filter((role) => roles.includes(role)))}
    >
      <Stack gap={6} mt={4}>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`shell:role.${role}`)}
            description={t(`meaning.${role}`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
