import { Checkbox, SimpleGrid } from '@mantine/core';
import { Ltr } from '../../components/Ltr';

interface Props<Option extends string> {
  label: string;
  description: string;
  options: readonly Option[];
  /** Absent: the option is a word of the API. */
  labelOf?: (option: Option) => string;
  chosen: Option[];
  onChange: (chosen: Option[]) => void;
}

/** Some of several. */
export function Choice<Option extends string>(props: Props<Option>) {
  const { label, description, options, labelOf, chosen, onChange } = props;
  return (
    <Checkbox.Group label={label} description={description} value={chosen} onChange={onChange}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} mt={6}>
        {options.map((option) => (
          <Checkbox key={option} value={option} label={labelOf?.(option) ?? <Ltr>{option}</Ltr>} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}
