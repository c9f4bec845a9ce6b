import { Badge, Paper, Stack, Text, Title } from '@mantine/core';
import { IconId, IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ImageDto } from '@schema';
import { DataArea } from '../../components/DataArea';
import { Ltr } from '../../components/Ltr';
import { RevealButton } from '../../components/RevealButton';
import type { Reveal } from '../../components/useReveal';
import { When } from '../../components/When';
import { IMAGE_FIELDS, type ImageField } from './fields';
import { Picture } from './Picture';
import type { Hidden } from './revealing';
import { useWords } from './words';

const COLOURS = {
  wanted: 'blue',
  fetched: 'teal',
  missing: 'gray',
  not_image: 'red',
  failed: 'red',
} as const;

interface Props {
  applicantId: string;
  /** Absent: pictures stay hidden. */
  reveal: Reveal<Hidden> | undefined;
}

/** Whether each image is there. Nothing of a picture is loaded before somebody who may see it reveals it: that is recorded. */
export function Images({ applicantId, reveal }: Props) {
  const { t } = useTranslation('applicant');
  const query = useQuery({
    queryKey: ['applicant', applicantId, 'images'],
    queryFn: ({ signal }) => {
      const params = { path: { applicantId } };
      return answerOf(api.GET('/api/v1/applicants/{applicantId}/images', { params, signal }));
    },
  });
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="images">
      <Title order={2} size="sm" mb="xs" id="images">
        {t('images.title')}
      </Title>
      <DataArea query={query}>
        {({ items }) => (
          <ul className="plain-list image-tiles">
            {IMAGE_FIELDS.map((field) => (
              <ImageTile
                key={field}
                field={field}
                image={items.find((one) => one.field === field && one.isCurrent)}
                reveal={reveal}
              />
            ))}
          </ul>
        )}
      </DataArea>
      {reveal === undefined && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('images.withheld')}
        </Text>
      )}
    </Paper>
  );
}

interface TileProps {
  field: ImageField;
  image: ImageDto | undefined;
  reveal: Reveal<Hidden> | undefined;
}

function ImageTile({ field, image, reveal }: TileProps) {
  const words = useWords();
  const shown = reveal?.values[field];
  const isThere = image?.state === 'fetched';
  const Icon = image === undefined || image.state === 'missing' ? IconPhotoOff : iconOf(field);
  return (
    <li className="image-tile">
      <span className="image-place" data-veiled={isThere}>
        <Icon size={22} aria-hidden />
      </span>
      <Stack gap={2}>
        <span className="field-value">
          <Text size="sm" span>
            {words.field(field)}
          </Text>
          {isThere && reveal !== undefined && (
            <RevealButton of={field} name={words.field(field)} reveal={reveal} />
          )}
        </span>
        <ImageState image={image} />
      </Stack>
      {shown instanceof Blob && <Picture field={field} blob={shown} />}
    </li>
  );
}

function ImageState({ image }: { image: ImageDto | undefined }) {
  const { t } = useTranslation('applicant');
  const words = useWords();
  if (image === undefined)
    return (
      <Text size="xs" c="dimmed">
        {t('images.none')}
      </Text>
    );
  return (
    <>
      <Badge color={COLOURS[image.state]} variant="light" size="sm" tt="none">
        {words.image(image.state)}
      </Badge>
      <Text size="xs" c="dimmed" component="div">
        {image.errorCode !== null && <Ltr>{image.errorCode}</Ltr>}{' '}
        <When at={image.settledAt ?? image.nextAttemptAt ?? image.wantedAt} />
      </Text>
    </>
  );
}

function iconOf(field: string) {
  return field.includes('Scan') ? IconId : IconPhoto;
}
