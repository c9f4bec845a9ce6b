import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { EnrollmentDto } from './enrollment.dto.js';
import { Enrollment } from './enrollment.entity.js';

@Injectable()
export class CallbacksService {
  constructor(@InjectRepository(Enrollment) private readonly enrollments: Repository<Enrollment>) {}

  async save(enrollments: EnrollmentDto[]): Promise<{ received: number; applied: number }> {
    for (const { isUpdate: _, ...enrollment } of enrollments) {
      await this.enrollments.save(this.enrollments.create(enrollment));
    }
    return { received: enrollments.length, applied: enrollments.length };
  }
}
