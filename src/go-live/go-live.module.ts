import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { IntegrationCheck } from './integration-check.service.js';
import { IntegrationController } from './integration.controller.js';

@Module({ imports: [AuthModule], controllers: [IntegrationController], providers: [IntegrationCheck] })
export class GoLiveModule {}
