import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One recorded deed. */
@Entity('audit')
export class AuditEntry {
  @PrimaryColumn('uuid') id: string;
  @Column('timestamptz', { default: () => 'now()' }) at: Date;
  /** Name of the API key, `cli:<user>` or `system`. */
  @Column('text') actor: string;
  /** `<noun>.<verb>`, e.g. `applicant.read`. */
  @Column('text') action: string;
  /** `<noun>:<id>`, e.g. `applicant:A-1001`. */
  @Column('text') subject: string;
  /** Free of PII. */
  @Column('jsonb') detail: Record<string, unknown>;
}
