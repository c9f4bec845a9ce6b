import { Get } from '@nestjs/common';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Config } from '../config/config.js';
import { settingsInForce } from '../config/settings-in-force.js';
import { Answers, Operation } from '../problem/operation.js';
import { SettingListDto } from './settings.dto.js';

@ManagementController('settings', 'Management: settings')
@Scope('admin')
export class SettingsController {
  constructor(private readonly config: Config) {}

  @Get()
  @Operation(
    'List the settings in force',
    'Those of the process that answers. Of a secret it says only whether it is set. Settings are changed where the process is started.',
  )
  @Answers(SettingListDto)
  listSettings(): SettingListDto {
    return { items: settingsInForce(this.config), nextCursor: null };
  }
}
