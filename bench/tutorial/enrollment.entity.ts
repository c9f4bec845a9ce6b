import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The row alone. */
@Entity('tutorial_enrollments')
export class Enrollment {
  @PrimaryColumn('text') applicantId: string;
  @Column('text', { nullable: true }) gender: string | null;
  @Column('text', { array: true, nullable: true }) phoneNumbers: string[] | null;
  @Column('text', { array: true, nullable: true }) emails: string[] | null;
  @Column('text', { nullable: true }) livePhotoPath: string | null;
  @Column('text', { nullable: true }) firstName: string | null;
  @Column('text', { nullable: true }) familyName: string | null;
  @Column('text', { nullable: true }) address: string | null;
  @Column('text', { nullable: true }) state: string | null;
  @Column('text', { nullable: true }) idNumber: string | null;
  @Column('text', { nullable: true }) documentNumber: string | null;
  @Column('text', { nullable: true }) documentTypeCode: string | null;
  @Column('text', { nullable: true }) issueDate: string | null;
  @Column('text', { nullable: true }) nationality: string | null;
  @Column('text', { nullable: true }) idFrontScanPath: string | null;
  @Column('text', { nullable: true }) idBackScanPath: string | null;
  @Column('text', { nullable: true }) photo: string | null;
  @Column('text', { nullable: true }) passportScanPath: string | null;
  @Column('text', { nullable: true }) issuingAuthority: string | null;
  @Column('int', { nullable: true }) status: number | null;
}
