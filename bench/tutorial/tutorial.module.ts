import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';
import { CallbacksController } from './callbacks.controller.js';
import { CallbacksService } from './callbacks.service.js';
import { Enrollment } from './enrollment.entity.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env.DATABASE_URL,
      entities: [Enrollment],
      synchronize: true,
    }),
    TypeOrmModule.forFeature([Enrollment]),
    JwtModule.register({ secret: 'a-secret-as-a-string', signOptions: { expiresIn: '1h' } }),
  ],
  controllers: [AuthController, CallbacksController],
  providers: [AuthGuard, CallbacksService],
})
export class TutorialModule {}
