import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { aFewASecond } from './a-few-a-second.js';
import { Metrics } from './metrics.js';

/** For Prometheus. It shows only counts; keep it off the public address all the same (README, production). */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  /** As bytes: nearly 200 kB of text would be encoded for each answer. */
  private readonly scraped = aFewASecond(async () => {
    const { contentType, text } = await this.metrics.scrape();
    return { contentType, bytes: Buffer.from(text) };
  });

  constructor(private readonly metrics: Metrics) {}

  @Get()
  async scrape(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, bytes } = await this.scraped();
    await reply.type(contentType).header('cache-control', 'no-store').send(bytes);
  }
}
