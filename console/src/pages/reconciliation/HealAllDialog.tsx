import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { FactList } from '../../components/FactList';
import { useChange } from '../../components/useChange';
import { useFormat } from '../../i18n/format';
import { GAPS } from './paths';

interface Healed {
  asked: number;
  healed: number;
  open: number;
}

/** Asks eNROLL again for everybody of an open gap, a thousand at a time. */
export function HealAllDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const [soFar, setSoFar] = useState<Healed>();
  const heal = useChange({ run: () => healAll(setSoFar), lists: [GAPS], isShownInPlace: true });
  return (
    <Dialog
      title={t('healAll.open')}
      error={heal.error}
      act={
        heal.isSuccess
          ? undefined
          : { label: t('healAll.send'), run: () => heal.mutate(), isRunning: heal.isPending }
      }
      onClose={onClose}
    >
      <Text size="sm">{t('healAll.text')}</Text>
      {soFar !== undefined && (
        <div role="status">
          <FactList
            facts={[
              [t('healAll.asked'), format.number(soFar.asked)],
              [t('healAll.healed'), format.number(soFar.healed)],
              [t('healAll.left'), format.number(soFar.open)],
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}

/** By as many calls as it takes. @param tell gets the sum after each */
async function healAll(tell: (sum: Healed) => void): Promise<void> {
  const sum: Healed = { asked: 0, healed: 0, open: 0 };
  let cursor: string | undefined;
  do {
    const answer = await answerOf(api.POST('/api/v1/reconciliation/gaps/heal', { body: { cursor } }));
    sum.asked += answer.asked;
    sum.healed += answer.healed;
    sum.open = answer.open;
    tell({ ...sum });
    cursor = answer.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
