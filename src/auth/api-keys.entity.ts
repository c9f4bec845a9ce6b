import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { GrantedScope } from './auth.types.js';

/** A caller of the management API. */
@Entity('api_keys')
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  /** SHA-256 of the key, by which replicas of the release before find it. This release opens nothing by it. */
  @Column('bytea', { select: false })
  digest: Buffer;

  /** HMAC of the key, see `ApiKeySeal`; null: the row opens nothing. */
  @Column('text', { select: false, nullable: true })
  hash: string | null;

  /** HMAC of `hash` and of what the key may do; a row without the right one opens nothing. */
  @Column('text', { select: false, nullable: true })
  seal: string | null;

  @Column('text', { array: true })
  scopes: GrantedScope[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  /** Null: it does not end by itself. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  /** Addresses and CIDR ranges from which it may be used; null: any. */
  @Column('text', { name: 'allow_addresses', array: true, nullable: true })
  allowAddresses: string[] | null;

  /** Null: ROLLCALL_API_REQUESTS_PER_MINUTE. */
  @Column('integer', { name: 'requests_per_minute', nullable: true })
  requestsPerMinute: number | null;

  /** To the minute. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;
}
