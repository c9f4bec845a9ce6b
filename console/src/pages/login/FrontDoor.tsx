import { Center, Group, Paper, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { ColourSwitch } from '../../app/ColourSwitch';
import { LanguageSwitch } from '../../app/LanguageSwitch';
import { Wordmark } from '../../app/Wordmark';

/** The frame of pages for people who are not logged in. */
export function FrontDoor({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(`${title} · Rollcall`);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Group justify="space-between">
          <Wordmark />
          <Group gap={4}>
            <LanguageSwitch />
            <ColourSwitch />
          </Group>
        </Group>
        <Paper withBorder p="lg" radius="md">
          <Title order={1} size="h4" mb="md">
            {title}
          </Title>
          {children}
        </Paper>
      </Stack>
    </Center>
  );
}
