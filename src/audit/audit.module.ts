import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEntry } from './audit.entity.js';
import { Audit } from './audit.service.js';

@Global()
@Module({ imports: [TypeOrmModule.forFeature([AuditEntry])], providers: [Audit], exports: [Audit] })
export class AuditModule {}
