import '@mantine/core/styles/Code.css';
import { Button, Code, Stack, Text } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { QuarantineDto } from '@schema';
import { useCan } from '../../app/session';
import { RevealNotice } from '../../components/RevealNotice';
import { RevealRequests } from '../../components/RevealRequests';
import { Section } from '../../components/Section';
import { type Reveal, useReveal } from '../../components/useReveal';
import { MaskedElement } from './MaskedElement';

/** What was received: masked, and whole for an investigator who says why. */
export function Received({ item: { id, element, masked } }: { item: QuarantineDto }) {
  const { t } = useTranslation(['quarantine', 'common']);
  const can = useCan();
  const reveal = useReveal<'element'>({
    ask: async ({ key: _, ...body }) => {
      const params = { path: { id } };
      const answer = await answerOf(api.POST('/api/v1/quarantine/{id}/reveal', { params, body }));
      return 'element' in answer ? { value: answer.element } : { request: answer };
    },
  });
  const whole = element ?? reveal.values.element;
  const mayReveal = can('applicants:reveal') && element === null && masked !== null;
  return (
    <>
      {mayReveal && <RevealRequests of={{ quarantineId: id }} />}
      <Section title={t('received.title')} actions={mayReveal && <RevealElement reveal={reveal} />}>
        <Stack gap="sm">
          <RevealNotice reveal={reveal} nameOf={() => t('common:second.element')} />
          {typeof whole === 'string' && (
            <Code block dir="ltr" className="whole-element" tabIndex={0}>
              {whole}
            </Code>
          )}
          {typeof whole !== 'string' && masked !== null && <MaskedElement element={masked} />}
          {typeof whole !== 'string' && masked === null && <Text size="sm">{t('received.closed')}</Text>}
        </Stack>
      </Section>
    </>
  );
}

function RevealElement({ reveal: { values, show, hide, pending } }: { reveal: Reveal<'element'> }) {
  const { t } = useTranslation('quarantine');
  const isRevealed = values.element !== undefined;
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={isRevealed ? <IconEyeOff size={14} /> : <IconEye size={14} />}
      loading={pending !== undefined}
      onClick={() => (isRevealed ? hide('element') : show('element'))}
    >
      {isRevealed ? t('received.hide') : t('received.reveal')}
    </Button>
  );
}
