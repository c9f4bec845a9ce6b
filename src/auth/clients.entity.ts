import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A caller of the token URL. */
@Entity('clients')
export class ClientEntity {
  @PrimaryColumn('text', { name: 'client_id' })
  clientId: string;

  @Column('text')
  name: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  /** Older tokens are refused; null where no token was ended so far. */
  @Column('timestamptz', { name: 'tokens_valid_from', nullable: true })
  tokensValidFrom: Date | null;
}
