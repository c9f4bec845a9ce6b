import { Button, Group, Modal, Stack } from '@mantine/core';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const ZOOMS = [1, 2, 3] as const;

interface Props {
  name: string;
  /** Of the bytes in memory. */
  url: string;
  onClose: () => void;
}

/** One picture, as large as wanted. */
export function ImageViewer({ name, url, onClose }: Props) {
  const { t } = useTranslation('shell');
  const [zoom, setZoom] = useState(0);
  return (
    <Modal opened onClose={onClose} title={name} size="xl" closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        <div className="picture" tabIndex={0} role="region" aria-label={name}>
          <img src={url} alt={name} data-zoom={ZOOMS[zoom]} />
        </div>
        <Group gap="xs" justify="flex-end">
          <Zoom zoom={zoom} onZoom={setZoom} />
        </Group>
      </Stack>
    </Modal>
  );
}

function Zoom({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const { t } = useTranslation('applicant');
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconZoomOut size={16} />}
        disabled={zoom === 0}
        onClick={() => onZoom(zoom - 1)}
      >
        {t('images.smaller')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconZoomIn size={16} />}
        disabled={zoom === ZOOMS.length - 1}
        onClick={() => onZoom(zoom + 1)}
        data-autofocus
      >
        {t('images.larger')}
      </Button>
    </>
  );
}
