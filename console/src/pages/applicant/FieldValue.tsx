import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicantDto } from '@schema';
import { Copy } from '../../components/Copy';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { isMasked, type ShownField, WRITTEN } from './fields';
import { useWords } from './words';

/** What the API shows of a field, before anything is revealed. */
export function valueOf(applicant: ApplicantDto, field: ShownField): unknown {
  if (field === 'birthDate' || field === 'birthGovernorate') return applicant.derived[field];
  return applicant[field];
}

export function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === '';
}

interface Props {
  field: ShownField;
  value: unknown;
  applicant: ApplicantDto;
  /** Whether the API masks it. */
  isWithheld: boolean;
}

export function FieldValue(props: Props) {
  const { field, value, applicant, isWithheld } = props;
  const { t } = useTranslation('applicant');
  if (field === 'birthDate' && isNothing(value) && isWithheld && applicant.idNumber !== null)
    return <Text size="sm">{t('withheld')}</Text>;
  if (field === 'gender') return <Gender applicant={applicant} />;
  if (isNothing(value)) return <Nothing />;
  return <Something {...props} />;
}

function Gender({ applicant: { gender: sent, derived } }: { applicant: ApplicantDto }) {
  const { t } = useTranslation('applicant');
  const { gender, genderFrom } = derived;
  const note = genderFrom === undefined ? undefined : t('fromNationalId');
  return <Parts main={gender === null ? null : t(`gender.${gender}`)} sent={sent} note={note} />;
}

function Something({ field, value, applicant, isWithheld }: Props) {
  const { t, i18n } = useTranslation('applicant');
  const words = useWords();
  const { derived, issueDateParsed } = applicant;
  if (field === 'birthGovernorate' && derived.birthGovernorate !== null) {
    const { ar, en, code } = derived.birthGovernorate;
    return <Parts main={i18n.language === 'ar' ? ar : en} sent={code} note={t('fromNationalId')} />;
  }
  if (field === 'status') return <Parts main={words.status(Number(value))} sent={String(value)} />;
  if (field === 'issueDate' && issueDateParsed !== null && issueDateParsed.date !== value)
    return <Parts main={<Ltr>{issueDateParsed.date}</Ltr>} sent={String(value)} />;
  if (field === 'extras') return <Extras values={value as Record<string, unknown>} />;
  return <Texts field={field} texts={[value].flat().map(String)} isWithheld={isWithheld} />;
}

/** A list of one where the field holds one text. */
function Texts({ field, texts, isWithheld }: { field: ShownField; texts: string[]; isWithheld: boolean }) {
  const words = useWords();
  const show = (text: string) => {
    if (WRITTEN.includes(field)) return <Name>{text}</Name>;
    if (isMasked(field) && !isWithheld) return <Copy value={text} label={words.field(field)} />;
    return <Ltr>{text}</Ltr>;
  };
  return (
    <span className="field-texts">
      {texts.map((text) => (
        <span key={text}>{show(text)}</span>
      ))}
    </span>
  );
}

/** What it means, what was sent, and where it is from. */
function Parts({ main, sent, note }: { main: ReactNode; sent: string | null; note?: string }) {
  if (isNothing(main)) return sent === null ? <Nothing /> : <Ltr>{sent}</Ltr>;
  return (
    <span>
      {main}{' '}
      {(sent !== null || note !== undefined) && (
        <Text size="xs" c="dimmed" span>
          ({sent !== null && <Ltr>{sent}</Ltr>}
          {sent !== null && note !== undefined && ' · '}
          {note})
        </Text>
      )}
    </span>
  );
}

/** Keys that the contract does not know. */
function Extras({ values }: { values: Record<string, unknown> }) {
  return (
    <span className="field-texts">
      {Object.entries(values).map(([key, value]) => (
        <span key={key}>
          <Text size="xs" c="dimmed" span>
            <Ltr>{key}</Ltr>
          </Text>{' '}
          <Ltr>{typeof value === 'string' ? value : JSON.stringify(value)}</Ltr>
        </span>
      ))}
    </span>
  );
}
