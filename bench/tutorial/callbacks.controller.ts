import { Body, Controller, HttpCode, ParseArrayPipe, Post, UseGuards } from '@nestjs/common';
import { AuthGuard } from './auth.guard.js';
import { CallbacksService } from './callbacks.service.js';
import { EnrollmentDto } from './enrollment.dto.js';

@Controller('callbacks')
@UseGuards(AuthGuard)
export class CallbacksController {
  constructor(private readonly callbacks: CallbacksService) {}

  @Post('success')
  @HttpCode(200)
  success(@Body(new ParseArrayPipe({ items: EnrollmentDto })) enrollments: EnrollmentDto[]) {
    return this.callbacks.save(enrollments);
  }

  @Post('fail')
  @HttpCode(200)
  fail(@Body(new ParseArrayPipe({ items: EnrollmentDto })) enrollments: EnrollmentDto[]) {
    return this.callbacks.save(enrollments);
  }
}
