import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazily } from '../../components/lazily';
import { saveFile } from '../../components/save-file';
import type { ImageField } from './fields';
import { useWords } from './words';

const ImageViewer = lazily(async () => (await import('./ImageViewer')).ImageViewer);

/** A picture that was revealed. It leaves memory with its place on the page, and so does the larger one. */
export function Picture({ field, blob }: { field: ImageField; blob: Blob }) {
  const { t } = useTranslation('applicant');
  const words = useWords();
  const url = useObjectUrl(blob);
  const [isLarge, setIsLarge] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  if (url === undefined) return null;
  if (isBroken) return <NoPicture field={field} blob={blob} />;
  return (
    <>
      <button
        type="button"
        className="image-shown"
        onClick={() => setIsLarge(true)}
        aria-label={t('images.enlarge', { image: words.field(field) })}
      >
        <img src={url} alt={words.field(field)} onError={() => setIsBroken(true)} />
      </button>
      {isLarge && <ImageViewer name={words.field(field)} url={url} onClose={() => setIsLarge(false)} />}
    </>
  );
}

/** A PDF, or what the browser cannot read. */
function NoPicture({ field, blob }: { field: ImageField; blob: Blob }) {
  const { t } = useTranslation('applicant');
  const ending = blob.type.replace(/^.*\//, '');
  return (
    <Group gap="sm" className="image-shown">
      <Text size="sm">{t('images.noPicture')}</Text>
      <Button size="compact-sm" variant="default" onClick={() => saveFile(blob, `${field}.${ending}`)}>
        {t('images.save')}
      </Button>
    </Group>
  );
}

function useObjectUrl(blob: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
