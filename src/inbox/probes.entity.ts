import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Callback-Tests of one URL and address within an hour (M3). */
@Entity('probes')
export class Probe {
  @PrimaryColumn('uuid') id: string;
  /** The last of them. */
  @Column('timestamptz') at: Date;
  /** The callback URL that was tested, as it was asked, without its query. */
  @Column('text') url: string;
  @Column('text', { name: 'remote_address' }) remoteAddress: string;
  /** Whether a valid bearer token came along; the test is answered 200 either way. */
  @Column('boolean', { name: 'token_valid' }) tokenValid: boolean;
  @Column('integer') tests: number;
}
