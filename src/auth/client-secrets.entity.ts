import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SecretKind } from './secrets.js';

/** A secret of a client; at most two of one client are live at a time. */
@Entity('client_secrets')
export class ClientSecretEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('text')
  kind: SecretKind;

  /** SHA-256 in hex, or an argon2id hash in PHC format. */
  @Column('text', { select: false })
  digest: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;
}
