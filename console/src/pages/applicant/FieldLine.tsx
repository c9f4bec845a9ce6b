import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ApplicantDto } from '@schema';
import { RevealButton } from '../../components/RevealButton';
import type { Reveal } from '../../components/useReveal';
import { type Flag, isMasked, type ShownField } from './fields';
import { FieldValue, isNothing, valueOf } from './FieldValue';
import type { Hidden } from './revealing';
import { useWords } from './words';

interface Props {
  field: ShownField;
  applicant: ApplicantDto;
  /** Flags that are about this field. */
  doubts: Flag[];
  /** Absent: values stay as they are. */
  reveal: Reveal<Hidden> | undefined;
}

/** One field: its name, its value, how to see it, and what is doubtful in it. */
export function FieldLine({ field, applicant, doubts, reveal }: Props) {
  const words = useWords();
  const hidden = applicant.masked && isMasked(field) ? field : undefined;
  const isRevealed = hidden !== undefined && reveal?.values[hidden] !== undefined;
  const value = isRevealed ? reveal.values[hidden] : valueOf(applicant, field);
  // the API leaves out a date of birth that it does not show
  const isThere = field === 'birthDate' ? applicant.idNumber !== null : !isNothing(value);
  return (
    <div className="field">
      <dt>{words.field(field)}</dt>
      <dd>
        <span className="field-value">
          <FieldValue
            field={field}
            value={value}
            applicant={applicant}
            isWithheld={hidden !== undefined && !isRevealed}
          />
          {hidden !== undefined && reveal !== undefined && isThere && (
            <RevealButton of={hidden} name={words.field(hidden)} reveal={reveal} />
          )}
        </span>
        {doubts.map((flag) => (
          <Text key={flag.code} size="xs" className="doubt">
            <IconAlertTriangle size={14} aria-hidden /> {words.flag(flag)}
          </Text>
        ))}
      </dd>
    </div>
  );
}
