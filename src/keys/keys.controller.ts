import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { textOr404 } from '../problem/id.pipe.js';
import { Answers, ById, Operation, ValidBody } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { KeyRetirement } from './key-retirement.service.js';
import { KeyRotation } from './key-rotation.service.js';
import { KeyListDto, ResealDto, RetiredDto, RetireKeyBody, RotatedKeyDto } from './keys.dto.js';
import { Keys } from './keys.service.js';

const MAX_KEY_ID = 32;

@ManagementController('keys', 'Management: keys')
@Scope('admin')
export class KeysController {
  constructor(
    private readonly keys: Keys,
    private readonly rotation: KeyRotation,
    private readonly retirement: KeyRetirement,
  ) {}

  @Get()
  @Operation(
    'List the keys of the ring by their ids',
    'In the order of the ring, then those that were retired. No key is shown.',
  )
  @Answers(KeyListDto)
  async listKeys() {
    return this.keys.list();
  }

  @Post('rotate')
  @Operation(
    'Put a new key at the front of the ring; recorded',
    'Where Rollcall keeps the ring itself, outside production. It seals once the server has started again. A ring in the settings is ' +
      'refused: no key of it travels over HTTP. There `rollcall keys rotate` prints a new one.',
  )
  @Answers(RotatedKeyDto)
  @ProblemResponses('KEYS_IN_SETTINGS')
  async rotateKeys(@Caller() actor: Actor) {
    return this.rotation.rotate(actor.name);
  }

  @Get('reseal')
  @Operation(
    'How far everything has gone over to the first key',
    'By place, with the rows that no key opens. They are served as far as they can be.',
  )
  @Answers(ResealDto)
  async readReseal() {
    return this.keys.progress();
  }

  @Post('reseal')
  @Operation(
    'Bring everything over to the first key; recorded',
    'In the background, beside callbacks. It goes on after a crash. Asked again it looks at everything once more.',
  )
  @Answers(ResealDto)
  async resealKeys(@Caller() actor: Actor) {
    return this.keys.reseal(actor.name);
  }

  @Post(':id/retire')
  @Operation(
    'Retire a key that nothing uses any more; recorded',
    'Refused with the counts by place as long as anything uses it. After that the ring may lack it.',
  )
  @Answers(RetiredDto)
  @ProblemResponses('CONFLICT', 'KEY_IN_USE')
  async retireKey(
    @ById('key', { pipe: textOr404(MAX_KEY_ID), example: 'k1' }) id: string,
    @ValidBody() { endCredentials = false }: RetireKeyBody,
    @Caller() actor: Actor,
  ) {
    return this.retirement.retire(id, endCredentials, actor.name);
  }
}
