import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { GrantedScope } from './auth.types.js';

/** A caller of the management API. */
@Entity('api_keys')
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  /** SHA-256 of the key. */
  @Column('bytea', { select: false })
  digest: Buffer;

  @Column('text', { array: true })
  scopes: GrantedScope[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;
}
