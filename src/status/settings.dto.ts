import { ApiProperty } from '@nestjs/swagger';
import {
  SETTING_GROUP_NAMES,
  SETTING_SOURCES,
  type SettingGroup,
  type SettingSource,
} from '../config/setting-groups.js';
import { PageDto } from '../problem/page.dto.js';

export class SettingDto {
  @ApiProperty({ description: 'Its variable in the environment.', example: 'ROLLCALL_TOKEN_TTL_SECONDS' })
  name: string;
  @ApiProperty({ enum: SETTING_GROUP_NAMES, description: 'Its topic, as docs/configuration.md has it.' })
  group: SettingGroup;
  @ApiProperty({ description: 'What it means, in English; names stand in backticks.' }) description: string;
  @ApiProperty({ description: 'Whether it is a secret. No secret is shown.' }) isSecret: boolean;
  @ApiProperty({ description: 'Whether a value was given.' }) isSet: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'What is in force, without logins in URLs; null: none, or a secret. Of `DATABASE_URL` where the database is.',
  })
  value: string | null;
  @ApiProperty({ description: 'Whether that is the default.' }) isDefault: boolean;
  @ApiProperty({
    enum: SETTING_SOURCES,
    description:
      '`environment`: a variable, also one of `.env`; `file`: the file that its `…_FILE` names; `command`: `ROLLCALL_KEYS_COMMAND`.',
  })
  source: SettingSource;
}

export class SettingListDto extends PageDto {
  @ApiProperty({ type: [SettingDto], description: 'In the order of docs/configuration.md.' })
  items: SettingDto[];
}
